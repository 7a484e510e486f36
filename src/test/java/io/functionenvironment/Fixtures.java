package io.functionenvironment;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tests begin with, and what they look at. */
final class Fixtures {
    private static final Set<String> CLUSTER = Set.of("namespace", "cluster", "health", "provider-config-helm");

    private Fixtures() {}

    /** An Environment with apps from the catalog; {@code a>b} is an app a that depends on b. */
    static Json.Obj environment(String... apps) {
        return environment(obj("apps", Arrays.stream(apps).map(Fixtures::app).toList()));
    }

    static Json.Obj environment(Json.Obj spec) {
        return obj(
                "apiVersion",
                "platform.internal/v1beta1",
                "kind",
                "Environment",
                "metadata",
                obj("name", "dev", "namespace", "team-a"),
                "spec",
                spec);
    }

    static Json.Obj app(String text) {
        var parts = List.of(text.split(">", -1));
        return parts.size() == 1
                ? obj("name", parts.get(0), "catalog", "podinfo")
                : obj("name", parts.get(0), "catalog", "podinfo", "dependsOn", arr(parts.get(1)));
    }

    static Json.Obj settings(Json.Obj data) {
        return obj(
                "apiVersion",
                "apiextensions.crossplane.io/v1beta1",
                "kind",
                "EnvironmentConfig",
                "metadata",
                obj("name", "environment-settings"),
                "data",
                data);
    }

    /** Everything that an Environment with these apps makes is there and ready. */
    static ObservedStateFake ready(String... apps) {
        return new ObservedStateFake(environment(apps), Json.Obj.EMPTY).steps(5 + apps.length);
    }

    /** What is desired beside a cluster's usual components, and after a minus what is missing of these. */
    static String names(RunFunctionResponse response) {
        var names = response.getDesired().getResourcesMap().keySet();
        return Stream.concat(
                        names.stream().filter(name -> !CLUSTER.contains(name)).sorted(),
                        CLUSTER.stream()
                                .filter(name -> !names.contains(name))
                                .map("-"::concat)
                                .sorted())
                .collect(Collectors.joining(" "));
    }

    static Json.Obj body(RunFunctionResponse response, String name) {
        return StructCodec.tree(response.getDesired().getResourcesOrThrow(name).getResource());
    }

    static List<Json> policies(RunFunctionResponse response, String name) {
        return body(response, name).items("spec", "managementPolicies");
    }

    /** What is said of the apps that are leaving. */
    static String leaving(RunFunctionResponse response) {
        return StructCodec.tree(response.getDesired().getComposite().getResource()).items("status", "removing").stream()
                .map(left -> left.text("name").orElse("") + ": "
                        + left.text("message").orElse(""))
                .collect(Collectors.joining(", "));
    }

    static String condition(RunFunctionResponse response, String type) {
        return response.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus().name().replace("STATUS_CONDITION_", "") + " "
                        + condition.getReason() + ": " + condition.getMessage())
                .collect(Collectors.joining());
    }

    static String results(RunFunctionResponse response) {
        return response.getResultsList().stream()
                .map(result -> result.getReason() + ": " + result.getMessage())
                .collect(Collectors.joining("\n"));
    }

    static boolean fatal(RunFunctionResponse response) {
        return response.getResultsList().stream().anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
    }

    /** The cluster has not answered for an hour. */
    static Json.Obj gone() {
        var since = obj(
                "lastTransitionTime", ObservedStateFake.START.minusSeconds(3600).toString());
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        Merge.over(ObservedStateFake.condition("Ready", "False", "Unavailable"), since)));
    }

    /** The cluster does not answer since a moment ago. */
    static Json.Obj down() {
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "False", "Unavailable")));
    }
}
