package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Argo CD in an Environment: what is composed for a team and for the platform, and what is reported of it. */
class ArgoCdTest {
    private static final String URL = "https://git.example.com/team/app.git";
    private static final String TEAM = "argocd-application";
    private static final String PLATFORM = "argocd-platform-application";
    private static final String ALL =
            "argocd argocd-application argocd-platform-application argocd-project provider-config-kubernetes";
    private static final Json.Obj ADDED =
            settings(obj("argocd", obj("application", obj("repoURL", "https://git.example.com/platform.git"))));
    private static final Json.Obj GOOD = reported("Synced", "Healthy", Json.Obj.EMPTY);

    private static Json.Obj argocd(Object... more) {
        return environment(obj("argocd", Merge.over(obj("enabled", true, "repoURL", URL), obj(more))));
    }

    private static ObservedStateFake running(Json.Obj environment, Json.Obj settings) {
        return new ObservedStateFake(environment, settings).steps(9);
    }

    private static Json.Obj reported(String sync, String health, Json.Obj more) {
        return Merge.over(obj("sync", obj("status", sync, "revision", "abc"), "health", obj("status", health)), more);
    }

    /** Argo CD reports this of an Application. */
    private static ObservedStateFake report(ObservedStateFake state, String component, Json.Obj status) {
        var manifest = state.observed(component).object("spec", "forProvider", "manifest");
        return state.status(
                component,
                obj(
                        "atProvider",
                        obj("manifest", Merge.over(manifest, obj("status", status))),
                        "conditions",
                        arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "True", "Available"))));
    }

    private static Json.Obj comparison(String message) {
        return reported(
                "Unknown", "Healthy", obj("conditions", arr(obj("type", "ComparisonError", "message", message))));
    }

    private static String gitOps(Json.Obj status) {
        return condition(report(running(argocd(), Json.Obj.EMPTY), TEAM, status).call(), "GitOpsReady");
    }

    @Test
    void anErrorOfTheTeamDoesNotKeepThePlatformsRepositoryOut() {
        var response = running(argocd("path", "/absolute"), ADDED).call();
        assertEquals(List.of("spec.argocd.path"), invalid(response));
        assertEquals("argocd argocd-platform-application argocd-project provider-config-kubernetes", names(response));
        assertEquals("FALSE Invalid", reason(response, "GitOpsReady"));
    }

    @Test
    void anErrorOfTheTeamChangesNothingThatRuns() {
        var state = running(argocd("ui", true), ADDED);
        var before = state.call();
        var after = state.change(argocd("ui", true, "path", "/absolute")).call();
        assertEquals(ALL, names(after));
        for (var name : List.of("argocd", TEAM, PLATFORM, "cluster")) {
            assertEquals(body(before, name).object("spec"), body(after, name).object("spec"), name);
        }
        assertEquals(
                List.of("environment", "platform"),
                status(after).items("argocd", "applications").stream()
                        .map(application -> application.text("name").orElse(""))
                        .toList());
        assertTrue(status(after).at("argocd", "ui").isPresent());
    }

    @Test
    void anErrorOfTheTeamChangesNothingWhoseLabelsSomebodyRemoved() {
        var state = running(argocd(), ADDED);
        for (var name : List.of("argocd", TEAM, PLATFORM)) {
            state.edit(name, obj("metadata", obj("labels", new Json.Null())));
        }
        assertEquals(ALL, names(state.change(argocd("path", "/absolute")).call()));
    }

    @Test
    void withoutEnabledNothingThatRunsIsRemoved() {
        var state = running(argocd(), Json.Obj.EMPTY).change(environment(obj("argocd", obj("repoURL", URL))));
        assertEquals(List.of("spec.argocd.enabled"), invalid(state.call()));
        assertEquals("argocd argocd-application argocd-project provider-config-kubernetes", names(state.call()));
    }

    @Test
    void switchingOffRemovesTheApplicationOfTheTeamAndLeavesThatOfThePlatform() {
        var state = running(argocd(), ADDED).change(environment(obj("argocd", obj("enabled", false))));
        state.steps(1);
        assertEquals("[Observe, Delete]", policyNames(state));
        state.steps(1);
        assertEquals("Removed UNINSTALLING", removal(state));
        assertEquals("Ready", decision(state, "argocd"));
        assertEquals("Ready", decision(state, PLATFORM));
    }

    private static String policyNames(ObservedStateFake state) {
        return policies(state.call(), TEAM).stream()
                .map(policy -> ((Json.Text) policy).value())
                .toList()
                .toString();
    }

    /** Without the web interface nobody else creates it. */
    @Test
    void applicationsWaitForTheirProject() {
        var state = new ObservedStateFake(argocd(), Json.Obj.EMPTY).steps(9);
        assertEquals(
                List.of(new Json.Text("*")),
                body(state.call(), "argocd-project").items("spec", "forProvider", "manifest", "spec", "sourceRepos"));
        state.delete("argocd-project").delete(TEAM);
        assertEquals("Pending", decision(state, TEAM));
    }

    private static String removal(ObservedStateFake state) {
        return decision(state, TEAM);
    }

    private static String decision(ObservedStateFake state, String component) {
        state.call();
        return state.decision(component);
    }

    @Test
    void argoCdGoesAfterItsApplicationAndTheProjectThatThisNeeds() {
        var state = running(argocd("deletionPolicy", "Delete"), Json.Obj.EMPTY)
                .change(environment(obj("argocd", obj("enabled", false))));
        var response = state.step();
        assertEquals("TRUE NotRequested: It is not requested.", condition(response, "GitOpsReady"));
        assertEquals("Terminating AWAITS_DEPENDENT " + TEAM, decision(state, "argocd-project"));
        assertTrue(
                decision(state, "argocd").startsWith("Terminating AWAITS_DEPENDENT argocd-"),
                decision(state, "argocd"));
    }

    @Test
    void allOfArgoCdStaysWhileSomethingRequestedDependsOnIt() {
        var app = obj("apps", arr(app("a>argocd")));
        var spec = argocd("deletionPolicy", "Delete").object("spec");
        var state = running(environment(Merge.over(spec, app)), Json.Obj.EMPTY);
        var before = names(state.call());
        state.change(environment(Merge.over(app, obj("argocd", obj("enabled", false)))))
                .steps(4);
        assertEquals(List.of("spec.apps[0].dependsOn[0]"), invalid(state.call()));
        assertEquals(before, names(state.call()));
        assertEquals("Terminating AWAITS_DEPENDENT app-a", decision(state, TEAM));
    }

    @Test
    void whatDependsOnArgoCdGoesBeforeAllOfIt() {
        var spec = argocd("deletionPolicy", "Delete").object("spec");
        var state = running(environment(Merge.over(spec, obj("apps", arr(app("a>argocd"))))), Json.Obj.EMPTY)
                .change(environment());
        assertEquals("Terminating AWAITS_DEPENDENT app-a", decision(state, TEAM));
        assertEquals("Terminating ABOUT_TO_UNINSTALL", decision(state, "app-a"));
        state.steps(12);
        assertEquals("quota", names(state.call()), "the quota shrinks once its use is known");
    }

    @Test
    void theFinalizerFollowsTheDeletionPolicy() {
        var state = running(argocd("deletionPolicy", "Delete"), Json.Obj.EMPTY);
        assertEquals(1, manifest(state).items("metadata", "finalizers").size());
        state.change(argocd("deletionPolicy", "Orphan")).steps(1);
        assertFalse(manifest(state).at("metadata", "finalizers").isPresent());
    }

    private static Json.Obj manifest(ObservedStateFake state) {
        return body(state.call(), TEAM).object("spec", "forProvider", "manifest");
    }

    /** Argo CD removes an empty object from a source, so provider-kubernetes would apply it again and again. */
    @Test
    void whatSaysNothingIsNotWritten() {
        for (var way : List.of("helm", "kustomize", "directory")) {
            var empty = way.equals("directory") ? obj("recurse", false) : Json.Obj.EMPTY;
            var state = running(
                    environment(obj("argocd", obj("enabled", true, "sources", arr(obj("repoURL", URL, way, empty))))),
                    Json.Obj.EMPTY);
            assertEquals(
                    obj("repoURL", URL, "path", ".", "targetRevision", "HEAD"),
                    manifest(state).object("spec", "source"));
        }
        var values = obj("enabled", true, "sources", arr(obj("repoURL", URL, "helm", obj("values", Json.Obj.EMPTY))));
        assertFalse(manifest(running(environment(obj("argocd", values)), Json.Obj.EMPTY))
                .at("spec", "source", "helm")
                .isPresent());
    }

    @Test
    void aRepositoryOutsideOfWhatThePlatformAllowsIsNamed() {
        var allowed = settings(obj("argocd", obj("repositories", arr("git.example.com/other"))));
        assertEquals(
                "FALSE Invalid: spec.argocd.repoURL: is in \"git.example.com/team/app\", which this platform does not allow;"
                        + " use a repository in git.example.com/other",
                condition(new ObservedStateFake(argocd(), allowed).call(), "Accepted"));
        var state = running(argocd(), Json.Obj.EMPTY).settings(allowed);
        assertEquals("argocd argocd-application argocd-project provider-config-kubernetes", names(state.call()));
        var none = settings(obj("argocd", obj("allowed", false)));
        assertEquals(
                "FALSE Invalid: spec.argocd.enabled: is true, but this platform does not allow Argo CD; remove spec.argocd",
                condition(new ObservedStateFake(argocd(), none).call(), "Accepted"));
    }

    @Test
    void whatASourceTakesFromElsewhereIsNamedUnlessItIsInAnAllowedPlace() {
        var files = arr(
                "https://evil.example.org/values.yaml",
                "https://git.example.com/team/raw/values.yaml?ref=main",
                "https://git.example.com/team//../../evil/values.yaml",
                "values.d/dev.yaml",
                "$values/dev.yaml");
        var components = arr(
                "https://evil.example.org/repo//part?ref=main",
                "git@evil.example.org:team/repo//part",
                "github.com/evil/repo//part",
                "git::https://evil.example.org/repo",
                "https://git.example.com/team/app2.git//part?ref=main",
                "../part",
                "parts/one");
        var environment = environment(obj(
                "argocd",
                obj(
                        "enabled",
                        true,
                        "sources",
                        arr(
                                obj("repoURL", URL, "helm", obj("valueFiles", files)),
                                obj("repoURL", URL, "kustomize", obj("components", components))))));
        var allowed = settings(obj("argocd", obj("repositories", arr("git.example.com/team"))));
        assertEquals(
                List.of(
                        "spec.argocd.sources[0].helm.valueFiles[0]",
                        "spec.argocd.sources[0].helm.valueFiles[2]",
                        "spec.argocd.sources[1].kustomize.components[0]",
                        "spec.argocd.sources[1].kustomize.components[1]",
                        "spec.argocd.sources[1].kustomize.components[2]",
                        "spec.argocd.sources[1].kustomize.components[3]"),
                invalid(new ObservedStateFake(environment, allowed).call()));
        assertTrue(condition(new ObservedStateFake(environment, allowed).call(), "Accepted")
                .contains(
                        "valueFiles[0]: is in \"evil.example.org/values.yaml\", which this platform does not allow; use a"
                                + " path in the repository, or a repository in git.example.com/team"));
        assertEquals(List.of(), invalid(new ObservedStateFake(environment, Json.Obj.EMPTY).call()));
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        var accepted = condition(
                new ObservedStateFake(argocd("repoURL", "https://user:hunter2@git.example.com/app"), Json.Obj.EMPTY)
                        .call(),
                "Accepted");
        assertTrue(accepted.contains("spec.argocd.repoURL: contains a user name or password"), accepted);
        assertFalse(accepted.contains("hunter2"), accepted);
    }

    @Test
    void whatIsNotSynchronizedHoldsTheEnvironmentBackOnlyIfItIsRequired() {
        var broken = comparison("yaml: line 7: did not find expected key");
        var optional = report(running(argocd(), Json.Obj.EMPTY), TEAM, broken).call();
        assertEquals(
                "FALSE Failing: Application environment cannot be synchronized: yaml: line 7: did not find expected key.",
                condition(optional, "GitOpsReady"));
        assertEquals(
                Ready.READY_UNSPECIFIED, optional.getDesired().getComposite().getReady());
        var required = report(running(argocd("requiredForReady", true), Json.Obj.EMPTY), TEAM, broken);
        assertEquals(
                Ready.READY_FALSE, required.call().getDesired().getComposite().getReady());
        report(required, TEAM, GOOD);
        assertEquals(
                Ready.READY_UNSPECIFIED,
                required.call().getDesired().getComposite().getReady());
    }

    @Test
    void theApplicationOfThePlatformHoldsNoEnvironmentBack() {
        var state = running(argocd("requiredForReady", true), ADDED);
        report(report(state, TEAM, GOOD), PLATFORM, comparison("connection refused"));
        var response = state.call();
        assertEquals(
                "FALSE Failing: Application platform cannot be synchronized: connection refused.",
                condition(response, "GitOpsReady"));
        assertEquals(
                Ready.READY_UNSPECIFIED, response.getDesired().getComposite().getReady());
        report(state, TEAM, reported("OutOfSync", "Missing", Json.Obj.EMPTY));
        assertEquals(
                "FALSE Failing: Application platform cannot be synchronized: connection refused; Application environment is"
                        + " not yet synchronized and healthy; see status.argocd.",
                condition(state.call(), "GitOpsReady"));
        assertEquals(Ready.READY_FALSE, state.call().getDesired().getComposite().getReady());
    }

    @Test
    void anArgoCdThatOnlyThePlatformRequestsHoldsNoEnvironmentBack() {
        var failing = obj(
                "conditions",
                arr(Merge.over(
                        ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                        obj("message", "create failed: nothing can be pulled"))));
        var reports = Stream.of(environment(), argocd("enabled", false), argocd())
                .map(request ->
                        running(request, ADDED).status("argocd", failing).call())
                .map(response -> condition(response, "GitOpsReady") + " "
                        + response.getDesired().getComposite().getReady() + " "
                        + status(response).text("summary").orElse(""))
                .toList();
        var message = "Argo CD fails: component argocd: create failed: nothing can be pulled";
        var optional = "FALSE Failing: " + message
                + " READY_UNSPECIFIED Ready: vcluster dev (Kubernetes 1.35) is running. " + message + ".";
        assertEquals(
                List.of(optional, optional, "FALSE Failing: " + message + " READY_FALSE " + message + "."), reports);
    }

    @Test
    void aReportAboutAnEarlierRequestDoesNotCount() {
        var compared = obj("sync", obj("comparedTo", obj("source", obj("repoURL", URL, "targetRevision", "v1"))));
        assertEquals(
                "FALSE Progressing: Application environment is not yet synchronized and healthy; see status.argocd.",
                gitOps(reported("Synced", "Healthy", compared)));
    }

    @Test
    void anOperationThatFailedForAnotherRevisionDoesNotCount() {
        var failed = obj("operationState", obj("phase", "Failed", "message", "hook failed"));
        assertEquals(
                "TRUE Available", gitOps(reported("Synced", "Healthy", failed)).replaceFirst(":.*", ""));
        var same = Merge.over(failed, obj("operationState", obj("syncResult", obj("revision", "abc"))));
        assertEquals(
                "FALSE Failing: Application environment cannot be synchronized: hook failed.",
                gitOps(reported("Synced", "Healthy", same)));
    }

    @Test
    void anOperationThatFailedForTheRevisionsOfSeveralSourcesIsReported() {
        var outcomes = Stream.of(arr("abc", "def"), arr("abc", "old"))
                .map(revisions -> obj(
                        "sync",
                        obj("status", "Synced", "revisions", arr("abc", "def")),
                        "health",
                        obj("status", "Healthy"),
                        "operationState",
                        obj(
                                "phase",
                                "Failed",
                                "message",
                                "hook failed",
                                // Argo CD 3.4 writes an empty revision beside them.
                                "syncResult",
                                obj("revision", "", "revisions", revisions))))
                .map(ArgoCdTest::gitOps)
                .toList();
        assertEquals(
                List.of(
                        "FALSE Failing: Application environment cannot be synchronized: hook failed.",
                        "TRUE Available: Argo CD is available, and what it follows is synchronized and healthy."),
                outcomes);
    }

    @Test
    void whatChangesWithEachAttemptIsNotShown() {
        var running = obj(
                "phase",
                "Running",
                "finishedAt",
                "2026-01-01T00:00:00Z",
                "retryCount",
                3,
                "message",
                "one or more objects failed to apply. Retrying attempt #3 at 5:32PM.");
        var failed = obj("phase", "Failed", "message", "one or more objects failed to apply (retried 5 times).");
        for (var state : List.of(running, failed)) {
            assertEquals(
                    "FALSE Failing: Application environment cannot be synchronized: one or more objects failed to apply.",
                    gitOps(reported("OutOfSync", "Missing", obj("operationState", state))));
        }
        var first = "rpc error: code = Unknown desc = dial udp 10.1.2.3:41234->10.96.0.10:53: i/o timeout";
        var later = "Manifest generation error (cached): dial udp 10.1.2.3:55555->10.96.0.10:53: i/o timeout";
        assertEquals(gitOps(comparison(first)), gitOps(comparison(later)));
        var expired =
                "x509: certificate has expired or is not yet valid: current time %s is after 2026-01-01T00:00:00Z";
        assertEquals(
                gitOps(comparison(expired.formatted("2026-02-01T00:00:00Z"))),
                gitOps(comparison(expired.formatted("2026-02-01T00:01:00Z"))));
    }

    @Test
    void neitherPasswordsNorValuesOfManifestsAreShown() {
        for (var message : List.of(
                "failed to fetch https://user:hunter2@git.example.com/app.git",
                "Secret \"x\" is invalid: data: Invalid value: \"hunter2\"",
                ".spec.value: expected string, got &value.valueUnstructured{Value:\"hunter2\"}")) {
            var shown = gitOps(comparison(message));
            assertFalse(shown.contains("hunter2"), shown);
            assertTrue(shown.startsWith("FALSE Failing"), shown);
        }
    }

    @Test
    void whatTheEnvironmentLacksIsNamed() {
        for (var lack : List.of(
                List.of("failed to list refs: authentication required: Unauthorized", "credentialsSecretRef"),
                List.of("ssh: handshake failed: knownhosts: key is unknown", "sshKnownHosts"),
                List.of(
                        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
                        "tlsCertificates"))) {
            var shown = gitOps(comparison(lack.getFirst()));
            assertTrue(shown.contains(lack.getLast()) && shown.contains(lack.getFirst()), shown);
        }
    }

    @Test
    void theEnvironmentsInTheDocumentationAreValid() throws IOException {
        var environments = Pattern.compile("(?s)```yaml\n(apiVersion: platform.*?)```")
                .matcher(Files.readString(Path.of("docs", "argocd.md")))
                .results()
                .map(found -> Yaml.documents(found.group(1)).getFirst())
                .toList();
        assertEquals(3, environments.size());
        for (var environment : environments) {
            var errors = new FieldErrors();
            Registry.SHIPPED.readFile(environment, errors);
            assertEquals(List.of(), errors.list());
        }
    }

    @Test
    void aMissingSecretIsNamedWithWhatItMustContain() {
        var platform = settings(obj("argocd", obj("credentialsSecretRef", obj("name", "platform", "key", "all.yaml"))));
        var environment = argocd("credentialsSecretRef", obj("name", "git"));
        assertTrue(failing(environment, platform, "failed to get value from source: Secret \"git\" not found")
                .startsWith(
                        "FALSE Failing: Argo CD fails: component argocd: the Secret git does not exist in the namespace of"
                                + " the Environment; create it, and in its key values.yaml a document with values of the chart"
                                + " argo-cd: configs.repositories.NAME"));
        assertTrue(failing(
                        environment,
                        platform,
                        "failed to get value from source: missing key \"all.yaml\" in values from source")
                .startsWith(
                        "FALSE Failing: Argo CD fails: component argocd: write into the key all.yaml of the Secret platform,"
                                + " or key values.yaml of the Secret git a document"));
    }

    private static String failing(Json.Obj environment, Json.Obj settings, String message) {
        var synced =
                Merge.over(ObservedStateFake.condition("Synced", "False", "ReconcileError"), obj("message", message));
        var state = running(environment, settings).status("argocd", obj("conditions", arr(synced)));
        return condition(state.call(), "GitOpsReady");
    }
}
