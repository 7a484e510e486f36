package io.functionenvironment;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Knative in an Environment: the operator, and Serving and Eventing by its custom resources. */
class KnativeTest {
    private static final String FAILURE = "Waiting on deployments: activator";
    private static final Json.Obj ENVIRONMENT = obj(
            "apiVersion",
            "platform.internal/v1beta1",
            "kind",
            "Environment",
            "metadata",
            obj("name", "dev", "namespace", "team-a"),
            "spec",
            obj("size", "small"));
    private static final Json.Obj BOTH = knative(obj("enabled", true, "eventing", obj("enabled", true)));

    @Test
    void servingAloneIsTheDefault() {
        var state = new ObservedStateFake(knative(obj("enabled", true)), Json.Obj.EMPTY).steps(9);
        assertTrue(state.names().containsAll(Set.of("knative", "knative-serving-namespace", "knative-serving")));
        assertFalse(state.names().contains("knative-eventing"));
        assertEquals(Optional.of("1.23"), manifest(state, "knative-serving").text("spec", "version"));
        assertEquals(
                Optional.of("ClusterIP"),
                manifest(state, "knative-serving").text("spec", "ingress", "kourier", "service-type"));
    }

    @Test
    void theCustomResourcesWaitForTheOperator() {
        var state = new ObservedStateFake(BOTH, Json.Obj.EMPTY).steps(5);
        state.status("knative", conditions("False"));
        state.call();
        assertEquals("Pending", state.decision("knative-serving"));
        assertEquals("Pending", state.decision("knative-eventing"));
        state.status("knative", conditions("True"));
        state.call();
        assertEquals("Progressing", state.decision("knative-serving"));
    }

    @Test
    void knativeIsRemovedInReverse() {
        var state = ready(BOTH).change(ENVIRONMENT);
        state.call();
        assertEquals("Terminating ABOUT_TO_UNINSTALL", state.decision("knative-serving"));
        assertEquals("Terminating AWAITS_DEPENDENT knative-eventing", state.decision("knative"));
        assertTrue(state.decision("knative-serving-namespace").startsWith("Terminating AWAITS_DEPENDENT"));
    }

    @Test
    void theQuotaGrowsByWhatIsOn() {
        var none = pods(new ObservedStateFake(ENVIRONMENT, Json.Obj.EMPTY).steps(3));
        var serving = pods(new ObservedStateFake(knative(obj("enabled", true)), Json.Obj.EMPTY).steps(3));
        var both = pods(new ObservedStateFake(BOTH, Json.Obj.EMPTY).steps(3));
        assertEquals(
                13, serving - none, "7 pods of Serving, 2 of jobs, 2 of the operator, and one more each for a rollout");
        assertEquals(12, both - serving, "10 pods of Eventing, one of a job, and one more for a rollout");
    }

    @Test
    void theQuotaShrinksOnceKnativeIsGone() {
        var state = ready(BOTH);
        var before = pods(state);
        state.change(ENVIRONMENT).step();
        assertEquals(before, pods(state));
        var none = pods(new ObservedStateFake(ENVIRONMENT, Json.Obj.EMPTY).steps(3));
        assertTrue(state.steps(9).names().stream().noneMatch(name -> name.startsWith("knative")));
        state.status(
                "quota",
                Merge.over(
                        conditions("True"),
                        obj("atProvider", obj("manifest", obj("status", obj("used", obj("count/pods", "5")))))));
        assertEquals(none, pods(state.steps(2)));
    }

    @Test
    void aDomainOfThePlatformIsThatOfTheEnvironmentBelowIt() {
        var settings = Merge.over(settings(Json.Obj.EMPTY), obj("data", obj("domain", "dev.example.org")));
        var state = new ObservedStateFake(knative(obj("enabled", true)), settings).steps(9);
        assertEquals(
                Set.of("dev.team-a.dev.example.org"),
                manifest(state, "knative-serving")
                        .object("spec", "config", "domain")
                        .fields()
                        .keySet());
        var own = knative(obj("enabled", true, "serving", obj("domain", "shop.example.org")));
        assertEquals(
                Set.of("shop.example.org"),
                manifest(new ObservedStateFake(own, settings).steps(9), "knative-serving")
                        .object("spec", "config", "domain")
                        .fields()
                        .keySet());
    }

    @Test
    void thePlatformSetsRegistriesAndValues() {
        var settings = settings(obj(
                "values",
                obj("knative_operator", obj("knative_operator", obj("image", "registry.example.org/operator"))),
                "serviceType",
                "LoadBalancer",
                "serving",
                obj("registry", obj("override", obj("activator", "registry.example.org/activator:v1.23.0")))));
        var state = new ObservedStateFake(BOTH, settings).steps(9);
        assertEquals(
                Optional.of("registry.example.org/activator:v1.23.0"),
                manifest(state, "knative-serving").text("spec", "registry", "override", "activator"));
        assertTrue(manifest(state, "knative-eventing").at("spec", "registry").isEmpty());
        assertEquals(
                Optional.of("LoadBalancer"),
                manifest(state, "knative-serving").text("spec", "ingress", "kourier", "service-type"));
        assertEquals(
                Optional.of("registry.example.org/operator"),
                state.observed("knative")
                        .text("spec", "forProvider", "values", "knative_operator", "knative_operator", "image"));
    }

    @Test
    void theImageBesideEachAppIsFromTheRegistryToo() {
        var image =
                List.of("spec", "config", "deployment", "queue-sidecar-image").toArray(String[]::new);
        var template = settings(obj("serving", obj("registry", obj("default", "registry.example.org/${NAME}:v1.23"))));
        assertEquals(
                Optional.of("registry.example.org/queue:v1.23"),
                manifest(new ObservedStateFake(BOTH, template).steps(9), "knative-serving")
                        .text(image));
        var override = settings(obj(
                "serving", obj("registry", obj("override", obj("queue-proxy", "registry.example.org/queue:1")))));
        assertEquals(
                Optional.of("registry.example.org/queue:1"),
                manifest(new ObservedStateFake(BOTH, override).steps(9), "knative-serving")
                        .text(image));
    }

    @Test
    void aClusterThatIsTooOldHasNoKnative() {
        var old = Merge.over(
                knative(obj("enabled", true)), obj("spec", obj("kubernetesVersion", "1.33", "apps", arr(dependent()))));
        var state = new ObservedStateFake(old, Json.Obj.EMPTY).steps(9);
        assertFalse(state.names().contains("knative"));
        assertFalse(state.names().contains("app-podinfo"), "it depends on Knative");
        assertEquals(
                "spec.knative: requires Kubernetes 1.34 for Knative 1.23, but the cluster has Kubernetes 1.33; set"
                        + " spec.kubernetesVersion to \"1.34\" or a later version, or spec.knative.version to one of 1.20,"
                        + " 1.21",
                accepted(state));
        assertEquals(
                "Knative cannot be created as requested; see the condition Accepted.",
                message(state, "ServerlessReady"));
        var fitting = Merge.over(old, obj("spec", obj("knative", obj("version", "1.21"))));
        assertEquals(
                Optional.of("1.21"),
                manifest(new ObservedStateFake(fitting, Json.Obj.EMPTY).steps(9), "knative-serving")
                        .text("spec", "version"));
    }

    @Test
    void knativeIsUpgradedByOneMinorVersionAtATimeAndNotDowngraded() {
        var state = ready(version("1.21"));
        state.change(version("1.23")).step();
        assertEquals(Optional.of("1.21"), manifest(state, "knative-serving").text("spec", "version"));
        assertEquals(
                "spec.knative.version: is 1.23, but Knative 1.21 is installed, which can only be upgraded, by one minor"
                        + " version at a time; request one of 1.21, 1.22",
                accepted(state));
        state.change(version("1.20")).step();
        assertEquals(Optional.of("1.21"), manifest(state, "knative-serving").text("spec", "version"));
        state.change(version("1.22")).step();
        assertEquals(Optional.of("1.22"), manifest(state, "knative-serving").text("spec", "version"));
        // The operator has not installed it yet.
        state.status("knative-serving", status("1.21.0", "False", FAILURE));
        state.change(version("1.23")).step();
        assertEquals(Optional.of("1.22"), manifest(state, "knative-serving").text("spec", "version"));
    }

    @Test
    void aVersionThatIsNotOfferedIsRefused() {
        assertEquals(
                "spec.knative.version: is 1.19; must be one of 1.20, 1.21, 1.22, 1.23",
                accepted(new ObservedStateFake(version("1.19"), Json.Obj.EMPTY).steps(3)));
    }

    @Test
    void anotherDefaultOfALaterReleaseDoesNotUpgradeWhatRuns() {
        var state = ready(knative(obj("enabled", true)));
        var before = manifest(state, "knative-serving");
        state.edit("knative", obj("spec", obj("forProvider", obj("chart", obj("version", "1.22.3")))));
        state.step();
        assertEquals(Optional.of("1.22.3"), state.observed("knative").text("spec", "forProvider", "chart", "version"));
        assertEquals(before, manifest(state, "knative-serving"));
    }

    @Test
    void aNewVersionOfKnativeBringsTheChartOfThePlatform() {
        var state = ready(version("1.22"));
        state.edit("knative", obj("spec", obj("forProvider", obj("chart", obj("version", "1.22.3")))));
        state.change(version("1.23")).step();
        assertEquals(Optional.of("1.23.0"), state.observed("knative").text("spec", "forProvider", "chart", "version"));
    }

    @Test
    void whatThePlatformForbidsIsNotInstalledAndStaysIfItExists() {
        var forbidden = settings(obj("allowed", false));
        var fresh = new ObservedStateFake(BOTH, forbidden).steps(9);
        assertFalse(fresh.names().contains("knative"));
        assertEquals(
                "spec.knative: is enabled, but this platform does not allow Knative; set enabled to false",
                accepted(fresh));
        var existing = ready(BOTH);
        var before = existing.names();
        assertEquals(before, existing.settings(forbidden).steps(3).names());
        assertEquals("Knative is available.", message(existing, "ServerlessReady"));
    }

    @Test
    void whatCannotBeReadStays() {
        var state = ready(BOTH);
        var before = state.names();
        for (var wrong : List.of(
                obj("enabled", "yes"),
                obj("enabled", true, "serving", obj("enabled", false), "eventing", obj("enabled", false)),
                obj("enabled", true, "serving", obj("domain", "Example")))) {
            state.change(Merge.over(ENVIRONMENT, obj("spec", obj("knative", wrong))));
            assertEquals(before, state.steps(3).names(), wrong::toString);
            assertTrue(accepted(state).startsWith("spec.knative"), () -> accepted(state));
        }
    }

    @Test
    void aMistakeDoesNotChangeTheQuota() {
        var state = new ObservedStateFake(ENVIRONMENT, Json.Obj.EMPTY).steps(9);
        var before = pods(state);
        state.change(knative(obj("enabled", "yes"))).steps(3);
        assertEquals(before, pods(state));
    }

    @Test
    void theStatusSaysWhatTheOperatorReports() {
        var state = ready(BOTH);
        state.step();
        var status = state.composite().object("status", "knative");
        assertEquals(
                obj("ready", true, "version", "1.23.0", "message", "is ready"),
                status.object("serving"),
                status::toString);
        state.status("knative-serving", notReady()).step();
        assertEquals(
                Optional.of("its condition Ready is False: " + FAILURE),
                state.composite().text("status", "knative", "serving", "message"));
        assertEquals(
                "Knative fails: component knative-serving: its condition Ready is False: " + FAILURE,
                message(state, "ServerlessReady"));
    }

    @Test
    void aConditionThatIsNoLongerRequestedSaysSo() {
        var state = ready(BOTH).change(ENVIRONMENT).steps(9);
        assertEquals("It is not requested.", message(state, "ServerlessReady"));
    }

    /** An Environment whose Knative is ready. */
    static ObservedStateFake ready(Json environment) {
        return ready(environment, Json.Obj.EMPTY);
    }

    static ObservedStateFake ready(Json environment, Json.Obj settings) {
        var state = new ObservedStateFake(environment, settings).steps(9);
        for (var half : List.of("knative-serving", "knative-eventing")) {
            if (state.names().contains(half)) {
                var version = manifest(state, half).text("spec", "version").orElseThrow() + ".0";
                state.status(half, status(version, "True", ""));
            }
        }
        return state;
    }

    /** The status of a custom resource that has not been ready for ten minutes. */
    static Json.Obj notReady() {
        return status("1.23.0", "False", FAILURE);
    }

    private static Json.Obj status(String version, String ready, String message) {
        var condition = Merge.over(
                ObservedStateFake.condition("Ready", ready, ""),
                obj(
                        "message",
                        message,
                        "lastTransitionTime",
                        ObservedStateFake.NOW.minusSeconds(600).toString()));
        return Merge.over(
                conditions(ready),
                obj(
                        "atProvider",
                        obj("manifest", obj("status", obj("version", version, "conditions", arr(condition))))));
    }

    private static Json.Obj conditions(String ready) {
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", ready, "Available")));
    }

    private static Json.Obj knative(Json.Obj spec) {
        return Merge.over(ENVIRONMENT, obj("spec", obj("knative", spec)));
    }

    private static Json.Obj version(String version) {
        return knative(obj("enabled", true, "version", version));
    }

    private static Json.Obj dependent() {
        return obj("name", "podinfo", "dependsOn", arr("knative"));
    }

    private static Json.Obj settings(Json.Obj knative) {
        return obj(
                "apiVersion",
                "apiextensions.crossplane.io/v1beta1",
                "kind",
                "EnvironmentConfig",
                "metadata",
                obj("name", "environment-settings"),
                "data",
                obj("knative", knative));
    }

    private static Json.Obj manifest(ObservedStateFake state, String component) {
        return state.observed(component).object("spec", "forProvider", "manifest");
    }

    private static int pods(ObservedStateFake state) {
        return state.observed("cluster")
                .number("spec", "forProvider", "values", "policies", "resourceQuota", "quota", "count/pods")
                .orElseThrow()
                .intValue();
    }

    private static String accepted(ObservedStateFake state) {
        return message(state, "Accepted");
    }

    private static String message(ObservedStateFake state, String type) {
        return state.composite().items("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(Optional.of(type)))
                .findFirst()
                .flatMap(condition -> condition.text("message"))
                .orElse("");
    }
}
