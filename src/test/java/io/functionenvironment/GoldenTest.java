package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example gets the response in its folder. {@code ./mvnw test -Dtest=GoldenTest -Dgolden.update=true} rewrites the
 * responses, and the observed states of those examples that have one.
 */
class GoldenTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path STATES = EXAMPLES.resolve("states");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @Test
    void goldenFilesAreNotRewrittenInCi() {
        if (System.getenv("CI") != null) {
            assertNotEquals(true, UPDATE, "golden.update rewrites the files that CI compares; do not set it in CI");
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleGetsItsGoldenResponse() throws IOException {
        if (UPDATE && System.getenv("CI") == null) {
            states();
        }
        try (var files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.endsWith("environment.yaml"))
                    .map(Path::getParent)
                    .sorted()
                    .toList()
                    .stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(EXAMPLES.relativize(folder).toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        var golden = folder.resolve("response.yaml");
        var response =
                Yaml.text(Responses.of(FUNCTION.run(new FunctionRequest(Requests.of(folder)), ObservedStateFake.NOW)
                        .message()));
        if (UPDATE && System.getenv("CI") == null) {
            Files.writeString(golden, response);
        }
        assertEquals(Files.readString(golden), response);
    }

    /** Rewrites the observed states, each by calls that lead to it. */
    private static void states() throws IOException {
        var three = Requests.documents(STATES.resolve("everything-ready/environment.yaml"))
                .getFirst();
        write("everything-ready", new ObservedStateFake(three, Json.Obj.EMPTY).steps(9));
        var missing = "observe failed: cannot get connection details: cannot get object:"
                + " secrets \"dev-incluster\" not found";
        var secretMissing =
                Merge.over(ObservedStateFake.condition("Synced", "False", "ReconcileError"), obj("message", missing));
        var withoutKubeconfig = obj(
                "atProvider",
                obj("state", "deployed"),
                "conditions",
                arr(secretMissing, ObservedStateFake.condition("Ready", "False", "Unavailable")));
        write(
                "kubeconfig-awaited",
                new ObservedStateFake(three, Json.Obj.EMPTY)
                        .withoutKubeconfig()
                        .steps(3)
                        .status("cluster", withoutKubeconfig));
        write("kubeconfig-there", new ObservedStateFake(three, Json.Obj.EMPTY).steps(3));
        var failed = obj(
                "failed", 3,
                "atProvider",
                        obj(
                                "state", "failed",
                                "releaseDescription", "Release \"backend\" failed: context deadline exceeded"),
                "conditions",
                        arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "False", "Unavailable")));
        write(
                "one-app-failing",
                new ObservedStateFake(three, Json.Obj.EMPTY).steps(5).status("app-backend", failed));
        change("one-app-removed", three);
        change("dependency-removed-with-its-user", three);
        change("size-changed", three);
        change("size-misspelt", three);
        write("deletion-refused", refused(three, Json.Obj.EMPTY, "deletion-refused"));
        var smaller = Requests.documents(STATES.resolve("size-without-room/environment.yaml"))
                .getFirst();
        var larger = Merge.over((Json.Obj) smaller, obj("spec", obj("size", "medium")));
        var observing = new ObservedStateFake(larger, Json.Obj.EMPTY)
                .steps(9)
                .change(smaller)
                .steps(1);
        write("size-without-room", observing.status("quota", used()));
        change("bad-app-among-good-ones", three);
        access();
        gateway();
        manifests();
        argocd();
        knative();
        together();
        existing();
        for (var cloud : CloudExamples.ALL) {
            for (var state : cloud.states(EXAMPLES).entrySet()) {
                write(state.getKey(), state.getValue());
            }
        }
        for (var example : List.of(
                "apps",
                "platform",
                "conference",
                "argocd-registration",
                "dedicated-nodes",
                "high-availability",
                "air-gapped",
                "other-host",
                "teams",
                "values-from-resource")) {
            var folder = EXAMPLES.resolve(example);
            var settings = Requests.documents(folder.resolve("settings.yaml")).getFirst();
            var state = new ObservedStateFake(
                            Requests.documents(folder.resolve("environment.yaml"))
                                    .getFirst(),
                            (Json.Obj) settings)
                    .finding(Requests.documents(folder.resolve("required.yaml")))
                    .steps(9);
            Files.writeString(folder.resolve("observed.yaml"), text(state));
        }
    }

    /** A cluster whose certificate is known, which is that of the platform's issuer here. */
    private static void access() throws IOException {
        var folder = EXAMPLES.resolve("access");
        var settings =
                (Json.Obj) Requests.documents(folder.resolve("settings.yaml")).getFirst();
        var authority = settings.text("data", "vcluster", "oidc", "certificateAuthority")
                .orElseThrow();
        var state = new ObservedStateFake(
                        Requests.documents(folder.resolve("environment.yaml")).getFirst(), settings)
                .steps(9);
        var seen = obj("atProvider", obj("manifest", obj("data", obj("ca.crt", authority))));
        var status = Merge.over(state.observed("access-certificate").object("status"), seen);
        Files.writeString(folder.resolve("observed.yaml"), text(state.status("access-certificate", status)));
    }

    /** A route that the Gateway serves. */
    private static void gateway() throws IOException {
        var folder = EXAMPLES.resolve("urls-gateway");
        var state = new ObservedStateFake(
                        Requests.documents(folder.resolve("environment.yaml")).getFirst(),
                        (Json.Obj) Requests.documents(folder.resolve("settings.yaml"))
                                .getFirst())
                .steps(12);
        var route = state.observed("route-podinfo").object("spec", "forProvider", "manifest");
        var served = obj(
                "parentRef",
                route.items("spec", "parentRefs").getFirst(),
                "controllerName",
                "gateway.envoyproxy.io/gatewayclass-controller",
                "conditions",
                arr(
                        ObservedStateFake.condition("Accepted", "True", "Accepted"),
                        ObservedStateFake.condition("ResolvedRefs", "True", "ResolvedRefs")));
        var seen = obj("atProvider", obj("manifest", Merge.over(route, obj("status", obj("parents", arr(served))))));
        var status = Merge.over(state.observed("route-podinfo").object("status"), seen);
        Files.writeString(folder.resolve("observed.yaml"), text(state.status("route-podinfo", status)));
    }

    private static void manifests() throws IOException {
        var environment = Requests.documents(STATES.resolve("manifests-ready/environment.yaml"))
                .getFirst();
        write("manifests-ready", new ObservedStateFake(environment, Json.Obj.EMPTY).steps(9));
        var failing = new ObservedStateFake(environment, Json.Obj.EMPTY).steps(9);
        var refused = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj(
                        "message",
                        "apply failed: cannot apply object: admission webhook \"policy.example.org\" denied the request: a"
                                + " currency needs an owner"));
        var settings = failing.names().stream()
                .filter(name -> name.startsWith("manifest-settings-"))
                .findFirst()
                .orElseThrow();
        write("manifest-failing", failing.status(settings, obj("conditions", arr(refused))));
        change("manifest-removed", environment);
        change("manifest-becomes-another-object", environment);
    }

    private static void existing() throws IOException {
        var settings = (Json.Obj)
                Requests.documents(EXAMPLES.resolve("existing/settings.yaml")).getFirst();
        var environment = Requests.documents(STATES.resolve("existing-ready/environment.yaml"))
                .getFirst();
        write("existing-creating", new ObservedStateFake(environment, settings).steps(3));
        write("existing-ready", new ObservedStateFake(environment, settings).steps(9));
        write("existing-deletion-refused", refused(environment, settings, "existing-deletion-refused"));
        for (var example : List.of("existing-app-removed", "existing-size-misspelt", "existing-refused")) {
            var after = Requests.documents(STATES.resolve(example).resolve("environment.yaml"))
                    .getFirst();
            write(example, new ObservedStateFake(environment, settings).steps(9).change(after));
        }
    }

    private static void argocd() throws IOException {
        var on = Requests.documents(STATES.resolve("argocd-starting/environment.yaml"))
                .getFirst();
        var created = new ObservedStateFake(on, Json.Obj.EMPTY).steps(7);
        write(
                "argocd-starting",
                created.status(
                        "argocd-application",
                        obj(
                                "atProvider",
                                obj(
                                        "manifest",
                                        created.observed("argocd-application")
                                                .object("spec", "forProvider", "manifest")),
                                "conditions",
                                arr(
                                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                        ObservedStateFake.condition("Ready", "False", "Unavailable")))));
        write("argocd-healthy", application(on, synced("Synced", "Healthy")));
        var broken =
                "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown"
                        + " desc = Manifest generation error (cached): failed to unmarshal \"web.yaml\": yaml: line 7: did not find"
                        + " expected key";
        var error = obj("conditions", arr(obj("type", "ComparisonError", "message", broken)));
        // What could not be compared has no revision; Argo CD notes the requested one instead.
        var unknown = Merge.over(synced("Unknown", "Healthy"), obj("sync", obj("revision", "main")));
        write("argocd-broken-commit", application(on, Merge.over(unknown, error)));
        var privately = Requests.documents(STATES.resolve("argocd-secret-missing/environment.yaml"))
                .getFirst();
        var missing =
                "create failed: failed to compose values: failed to get value from source: failed to get data from"
                        + " secret ref: failed to get secret from namespace \"team-a\": Secret \"git-credentials\" not found";
        write(
                "argocd-secret-missing",
                new ObservedStateFake(privately, Json.Obj.EMPTY)
                        .steps(5)
                        .status(
                                "argocd",
                                obj(
                                        "conditions",
                                        arr(
                                                Merge.over(
                                                        ObservedStateFake.condition(
                                                                "Synced", "False", "ReconcileError"),
                                                        obj("message", missing)),
                                                ObservedStateFake.condition("Ready", "False", "Creating")))));
        var off = Requests.documents(STATES.resolve("argocd-switched-off/environment.yaml"))
                .getFirst();
        write(
                "argocd-switched-off",
                application(on, synced("Synced", "Healthy")).change(off));
    }

    /** Everything is ready, and Argo CD reports this of the Application. */
    private static ObservedStateFake application(Json environment, Json.Obj status) {
        return application(new ObservedStateFake(environment, Json.Obj.EMPTY).steps(9), "argocd-application", status);
    }

    private static ObservedStateFake application(ObservedStateFake state, String component, Json.Obj status) {
        var manifest = state.observed(component).object("spec", "forProvider", "manifest");
        var compared = obj("sync", obj("comparedTo", obj("source", manifest.object("spec", "source"))));
        return state.status(
                component,
                obj(
                        "atProvider",
                        obj("manifest", Merge.over(manifest, obj("status", Merge.over(status, compared)))),
                        "conditions",
                        arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "True", "Available"))));
    }

    private static Json.Obj synced(String sync, String health) {
        return obj(
                "sync",
                obj("status", sync, "revision", "53e28ff20cc530b9ada2173fbbd64d48338583ba"),
                "health",
                obj("status", health));
    }

    private static void knative() throws IOException {
        var both = Requests.documents(STATES.resolve("knative-operator-failing/environment.yaml"))
                .getFirst();
        var failed = obj(
                "failed", 3,
                "atProvider",
                        obj(
                                "state", "failed",
                                "releaseDescription", "Release \"knative-operator\" failed: context deadline exceeded"),
                "conditions",
                        arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "False", "Unavailable")));
        write(
                "knative-operator-failing",
                new ObservedStateFake(both, Json.Obj.EMPTY).steps(5).status("knative", failed));
        write("knative-reports-a-failure", KnativeTest.ready(both).status("knative-serving", KnativeTest.notReady()));
        for (var example : List.of("knative-half-off", "knative-off", "knative-misused")) {
            var after = Requests.documents(STATES.resolve(example).resolve("environment.yaml"))
                    .getFirst();
            write(example, KnativeTest.ready(both).change(after));
        }
        var folder = EXAMPLES.resolve("knative-eventing");
        var ready = KnativeTest.ready(
                Requests.documents(folder.resolve("environment.yaml")).getFirst());
        Files.writeString(folder.resolve("observed.yaml"), text(ready));
    }

    private static void together() throws IOException {
        var folder = EXAMPLES.resolve("together");
        var state = KnativeTest.ready(
                Requests.documents(folder.resolve("environment.yaml")).getFirst(),
                (Json.Obj) Requests.documents(folder.resolve("settings.yaml")).getFirst());
        for (var component : List.of("argocd-application", "argocd-platform-application")) {
            application(state, component, synced("Synced", "Healthy"));
        }
        Files.writeString(folder.resolve("observed.yaml"), text(state));
    }

    /** Everything is ready, and the Environment is changed to the example's. */
    private static void change(String example, Json before) throws IOException {
        var after = Requests.documents(STATES.resolve(example).resolve("environment.yaml"))
                .getFirst();
        write(example, new ObservedStateFake(before, Json.Obj.EMPTY).steps(9).change(after));
    }

    /** Everything is ready, an app is removed, and while it is uninstalled somebody tries to delete the Environment. */
    private static ObservedStateFake refused(Json before, Json.Obj settings, String example) throws IOException {
        var after = Requests.documents(STATES.resolve(example).resolve("environment.yaml"))
                .getFirst();
        return new ObservedStateFake(before, settings)
                .steps(9)
                .change(after)
                .steps(1)
                .refuseDeletion();
    }

    private static void write(String example, ObservedStateFake state) throws IOException {
        Files.createDirectories(STATES.resolve(example));
        Files.writeString(STATES.resolve(example).resolve("observed.yaml"), text(state));
        // Events depend on the conditions in the status.
        var environment = STATES.resolve(example).resolve("environment.yaml");
        var request = Files.readString(environment);
        var end = request.indexOf("status:\n");
        Files.writeString(
                environment,
                (end < 0 ? request : request.substring(0, end))
                        + Yaml.text(obj("status", state.composite().object("status"))));
    }

    /** The usage of a quota with more pods than a small cluster may have. */
    private static Json.Obj used() {
        return obj(
                "atProvider",
                obj("manifest", obj("status", obj("used", obj("count/pods", "31", "requests.cpu", "2100m")))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static String text(ObservedStateFake state) {
        return state.documents().stream().map(Yaml::text).collect(Collectors.joining("---\n"));
    }
}
