package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registration of clusters in an Argo CD outside them: when it exists, what it says, and how it goes. */
class RegistrationTest {
    private static final String OBJECT = "argocd-registration";
    private static final String USAGE = "usage-argocd-registration-cluster";
    private static final Json.Obj PLATFORM = registration(obj("providerConfig", "argocd"));
    /** What a new client of provider-kubernetes says where the CustomResourceDefinition is gone. */
    private static final String VERSION_MISSING =
            "observe failed: cannot get object: unable to retrieve the complete list of server APIs:"
                    + " cluster.argocd.crossplane.io/v1alpha1: no matches for cluster.argocd.crossplane.io/v1alpha1, Resource=";
    /** What it says where the version has other kinds. */
    private static final String KIND_MISSING =
            "observe failed: cannot get object: no matches for kind \"Cluster\" in version"
                    + " \"cluster.argocd.crossplane.io/v1alpha1\"";

    private static final List<Json> ALL = arr("*").items();

    @Test
    void aClusterIsRegisteredOnceItServes() {
        var state = new ObservedStateFake(environment("a"), PLATFORM);
        assertEquals(
                List.of(
                        "-cluster -health",
                        "-cluster -health",
                        "-health",
                        "",
                        "app-a argocd-registration",
                        "app-a argocd-registration " + USAGE),
                Stream.generate(() -> names(state.step())).limit(6).toList());
    }

    @Test
    void nothingIsRegisteredWhileTheClusterDoesNotServe() {
        var state = new ObservedStateFake(environment("a"), PLATFORM).steps(4).status("health", down());
        var response = state.call();
        assertEquals("", names(response));
        assertEquals(
                "FALSE Progressing: The registration in Argo CD is starting.",
                condition(response, "RegistrationReady"));
        assertEquals(
                obj("ready", false, "name", "team-a-dev-jpaxfzo35gcbqyrz", "message", "waits for the cluster"),
                status(response).object("registration"));
    }

    @Test
    void providerArgocdReadsTheKubeconfigItself() {
        var platform = registration(obj(
                "providerConfig", "argocd",
                "project", "environments",
                "labels", obj("team", "platform", "tier", "test"),
                "environmentLabels", arr("team", "branch", "absent"),
                "annotations", obj("example.org/owner", "Platform team")));
        var labelled = Merge.over(
                environment("a"), obj("metadata", obj("labels", obj("team", "x", "branch", "main", "other", "y"))));
        var state = new ObservedStateFake(labelled, platform).steps(6);
        var hash = state.observed(OBJECT)
                .text("metadata", "labels", "environment.fn.crossplane.io/environment")
                .orElseThrow();
        var secret = status(state.call()).text("kubeconfig", "secretName").orElseThrow();
        assertEquals(
                obj(
                        "apiVersion",
                        "cluster.argocd.crossplane.io/v1alpha1",
                        "kind",
                        "Cluster",
                        "metadata",
                        obj(
                                "name",
                                "team-a-dev-" + hash,
                                "labels",
                                obj("environment.fn.crossplane.io/environment", hash)),
                        "spec",
                        obj(
                                "forProvider",
                                obj(
                                        "name",
                                        "team-a-dev-" + hash,
                                        "config",
                                        obj(
                                                "kubeconfigSecretRef",
                                                obj("name", secret, "namespace", "team-a", "key", "kubeconfig")),
                                        "labels",
                                        obj(
                                                "branch", "main",
                                                "environment.fn.crossplane.io/kind", "Environment",
                                                "environment.fn.crossplane.io/name", "dev",
                                                "environment.fn.crossplane.io/namespace", "team-a",
                                                "environment.fn.crossplane.io/size", "small",
                                                "team", "platform",
                                                "tier", "test"),
                                        "annotations",
                                        obj("example.org/owner", "Platform team"),
                                        "project",
                                        "environments"),
                                "providerConfigRef",
                                obj("name", "argocd"))),
                manifest(state.call()));
        assertEquals(ALL, policies(state.call(), OBJECT));
    }

    @Test
    void anEnvironmentIsReadyWhateverArgoCdSays() {
        var starting = manifest(obj("conditions", arr()));
        var refused = manifest(obj(
                "conditions",
                arr(
                        Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                obj("message", "observe failed: cannot get Argocd Cluster: connection refused")),
                        ObservedStateFake.condition("Ready", "True", "Available"))));
        var unknownKind = obj(
                "conditions",
                arr(
                        Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                obj("message", VERSION_MISSING)),
                        ObservedStateFake.condition("Ready", "False", "Creating")));
        assertEquals(
                List.of(
                        "TRUE Available: The registration in Argo CD is available. | Ready: a is installed in vcluster dev"
                                + " (Kubernetes 1.35). | is ready",
                        "FALSE Progressing: The registration in Argo CD is being created. | Ready: a is installed in"
                                + " vcluster dev (Kubernetes 1.35). The registration in Argo CD is being created. | is being"
                                + " registered",
                        "FALSE Failing: The registration in Argo CD fails: observe failed: cannot get Argocd Cluster:"
                                + " connection refused | Ready: a is installed in vcluster dev (Kubernetes 1.35). The"
                                + " registration in Argo CD fails: observe failed: cannot get Argocd Cluster: connection"
                                + " refused. | observe failed: cannot get Argocd Cluster: connection refused",
                        "FALSE Failing: The registration in Argo CD fails: component argocd-registration: "
                                + VERSION_MISSING
                                + " | Ready: a is installed in vcluster dev (Kubernetes 1.35). The registration in Argo CD"
                                + " fails: component argocd-registration: "
                                + VERSION_MISSING.substring(0, VERSION_MISSING.indexOf("/v1alpha1: no matches"))
                                + "… | "
                                + VERSION_MISSING),
                Stream.of(registered(), starting, refused, unknownKind)
                        .map(seen -> ready(PLATFORM).status(OBJECT, seen).call())
                        .map(response -> condition(response, "RegistrationReady") + " | "
                                + status(response).text("summary").orElse("") + " | "
                                + status(response)
                                        .text("registration", "message")
                                        .orElse("")
                                + (isReady(response) ? "" : " | not ready"))
                        .toList());
    }

    @Test
    void aFailureIsReportedOnceTheClusterIsNoLongerYoung() {
        var refused =
                manifest(obj("conditions", arr(ObservedStateFake.condition("Synced", "False", "ReconcileError"))));
        var state = ready(PLATFORM)
                .status(OBJECT, refused)
                .edit(
                        OBJECT,
                        obj(
                                "metadata",
                                obj(
                                        "creationTimestamp",
                                        ObservedStateFake.NOW
                                                .minusMillis(59_600)
                                                .toString())));
        assertEquals(
                "FALSE Progressing, again after 1 s",
                reason(state.call(), "RegistrationReady") + ", again after "
                        + state.call().getMeta().getTtl().getSeconds() + " s");
    }

    @Test
    void aClusterThatTheSettingsNoLongerRegisterIsDeletedInArgoCdBeforeItsUsageGoes() {
        var state = ready(PLATFORM).settings(Json.Obj.EMPTY);
        var first = state.step();
        assertEquals("app-a " + OBJECT + " " + USAGE, names(first));
        assertEquals("TRUE NotRequested", reason(first, "RegistrationReady"));
        assertEquals("registration: is about to be uninstalled", removing(first));
        state.untrackedObjects(java.util.Optional.of(List.of(state.observed(OBJECT))));
        assertEquals("app-a " + USAGE, names(state.step()));
        assertEquals("Removed UNINSTALLING", state.decision(OBJECT));
        var waiting = state.step();
        assertEquals("app-a " + USAGE, names(waiting));
        assertEquals("registration: is being uninstalled", removing(waiting));
        state.untrackedObjects(java.util.Optional.of(List.of()));
        assertEquals("app-a", names(state.step()));
    }

    @Test
    void aRegistrationThatCannotBeRemovedIsLookedAtLessAndLessOften() {
        var state = ready(PLATFORM)
                .settings(Json.Obj.EMPTY)
                .status(OBJECT, failingForAnHour("delete failed: cannot delete object: forbidden"));
        assertEquals(
                "registration: delete failed: cannot delete object: forbidden, again after 60 s",
                removing(state.call()) + ", again after "
                        + state.call().getMeta().getTtl().getSeconds() + " s");
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_MISSING, KIND_MISSING})
    void aRegistrationWhoseKindIsGoneIsWithdrawnWithoutTheRightToDelete(String message) {
        var state = ready(PLATFORM).settings(Json.Obj.EMPTY).status(OBJECT, failingForAnHour(message));
        var first = state.step();
        assertEquals("registration: is gone", removing(first));
        assertEquals(
                arr("Observe"),
                body(first, OBJECT).at("spec", "managementPolicies").orElseThrow());
        assertEquals("app-a " + USAGE, names(state.step()));
        state.untrackedObjects(java.util.Optional.of(List.of()));
        assertEquals("app-a", names(state.step()));
    }

    @Test
    void aRegistrationThatCannotBeLookedAtForAnotherReasonIsKept() {
        var others = List.of(
                // An API server that does not respond, an aggregated one that does not, another kind, and a part of the
                // words.
                "observe failed: cannot get object: failed to get server groups: Get \"https://10.96.0.1:443/api?timeout=32s\":"
                        + " dial tcp 10.96.0.1:443: connect: connection refused",
                "observe failed: cannot get object: failed to get API group resources: unable to retrieve the complete list of"
                        + " server APIs: cluster.argocd.crossplane.io/v1alpha1: the server is currently unable to handle the"
                        + " request",
                "observe failed: cannot get object: no matches for kind \"Other\" in version"
                        + " \"cluster.argocd.crossplane.io/v1alpha1\"",
                "observe failed: cannot get object: unable to retrieve the complete list of server APIs:"
                        + " metrics.k8s.io/v1beta1: no matches for metrics.k8s.io/v1beta1, Resource=");
        assertEquals(
                others.stream().map(message -> "registration: " + message).toList(),
                others.stream()
                        .map(message -> removing(ready(PLATFORM)
                                .settings(Json.Obj.EMPTY)
                                .status(OBJECT, failingForAnHour(message))
                                .call()))
                        .toList());
    }

    private static Json.Obj failingForAnHour(String message) {
        return obj(
                "conditions",
                arr(Merge.over(
                        ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                        obj(
                                "message",
                                message,
                                "lastTransitionTime",
                                ObservedStateFake.NOW.minusSeconds(3600).toString()))));
    }

    @Test
    void anArgoCdThatIsDownDoesNotHaveTheDeletionOfTheEnvironmentRefused() {
        var state = ready(PLATFORM).settings(Json.Obj.EMPTY).steps(2);
        assertEquals(
                List.of(),
                state.names().stream()
                        .filter(name -> name.endsWith("-environment"))
                        .toList());
    }

    /** With other labels, an ApplicationSet could select the cluster no more, and Argo CD delete what is in it. */
    @Test
    void aSizeThatDoesNotExistChangesNothing() {
        var state = ready(PLATFORM);
        var before = body(state.call(), OBJECT);
        for (var size : List.<Object>of("smal", 7)) {
            var response = state.change(environment(obj("size", size, "apps", arr(Fixtures.app("a")))))
                    .call();
            assertEquals(before, body(response, OBJECT));
        }
    }

    @Test
    void anotherArgoCdIsForClustersThatAreNotRegisteredYet() {
        var state = ready(PLATFORM);
        var before = body(state.call(), OBJECT);
        state.settings(settings(obj(
                "argocdRegistration", obj("providerConfig", "other"), "host", obj("providerConfig", "other-host"))));
        assertEquals(before, body(state.call(), OBJECT));
    }

    @Test
    void aNameInArgoCdHasAtMost63Characters() {
        assertEquals(
                List.of(
                        "team-a-dev-jpaxfzo35gcbqyrz 27",
                        "a-very-long-name-of-a-a-very-long-name-of-an-e-ejgb2fgytncqie3b 63",
                        "short-a-very-long-name-of-an-environment-vcuir7c4v7zgrmog 57"),
                Stream.of(
                                List.of("team-a", "dev"),
                                List.of(
                                        "a-very-long-name-of-a-namespace-that-is-as-long-as-it-may-be-63",
                                        "a-very-long-name-of-an-environment-that-is-as-long-as-it-is-63x"),
                                List.of("short", "a-very.long--name-of-an-environment"))
                        .map(identity -> name(identity.getFirst(), identity.getLast()))
                        .map(name -> name + " " + name.length())
                        .toList());
    }

    private static String name(String namespace, String name) {
        var environment = Merge.over(environment("a"), obj("metadata", obj("namespace", namespace, "name", name)));
        return status(new ObservedStateFake(environment, PLATFORM).call())
                .text("registration", "name")
                .orElse("");
    }

    /** As Crossplane counts: an Environment is ready if nothing says otherwise, and all its resources are. */
    static boolean isReady(RunFunctionResponse response) {
        return response.getDesired().getComposite().getReady() != Ready.READY_FALSE
                && response.getDesired().getResourcesMap().values().stream()
                        .allMatch(resource -> resource.getReady() == Ready.READY_TRUE);
    }

    private static ObservedStateFake ready(Json.Obj platform) {
        return new ObservedStateFake(environment("a"), platform).steps(7).status(OBJECT, registered());
    }

    /** provider-argocd has registered it. */
    static Json.Obj registered() {
        return manifest(obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available"))));
    }

    /** The status of an Object that works, and of the Cluster that it stands for. */
    private static Json.Obj manifest(Json.Obj status) {
        return obj(
                "atProvider",
                obj("manifest", obj("kind", "Cluster", "status", status)),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static Json.Obj manifest(RunFunctionResponse response) {
        return body(response, OBJECT).object("spec", "forProvider", "manifest");
    }

    private static Json.Obj registration(Json.Obj registration) {
        return settings(obj("argocdRegistration", registration));
    }
}
