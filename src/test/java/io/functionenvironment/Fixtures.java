package io.functionenvironment;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Environments and Settings that tests begin with, and the parts of a response that they assert. */
final class Fixtures {
    private static final Set<String> CLUSTER = Set.of("namespace", "cluster", "health", "provider-config-helm");

    /** The path at the beginning of an error in a message that lists errors. */
    private static final Pattern PATH = Pattern.compile("(?:^|; )((?:(?:Settings|EnvironmentConfig) )?[^\\s;:]+): ");

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

    /** The Environment of an example before the first call, with its Settings if it has some. */
    static ObservedStateFake example(Path folder) throws IOException {
        var settings = folder.resolve("settings.yaml");
        return new ObservedStateFake(
                Requests.documents(folder.resolve("environment.yaml")).getFirst(),
                Files.exists(settings) ? (Json.Obj) Requests.documents(settings).getFirst() : Json.Obj.EMPTY);
    }

    /** All components of an Environment with these apps exist and are ready. */
    static ObservedStateFake ready(String... apps) {
        return new ObservedStateFake(environment(apps), Json.Obj.EMPTY).steps(5 + apps.length);
    }

    /** The desired components without those of every cluster; of these, the missing ones follow with a minus. */
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

    /** {@code status.removing}: the name of each owner and the message about its component. */
    static String removing(RunFunctionResponse response) {
        return status(response).items("removing").stream()
                .map(item -> item.text("name").orElse("") + ": "
                        + item.text("message").orElse(""))
                .collect(Collectors.joining(", "));
    }

    /** The components in {@code status.removing}. */
    static List<String> removingComponents(RunFunctionResponse response) {
        return status(response).items("removing").stream()
                .map(item -> item.text("component").orElse(""))
                .toList();
    }

    static Json.Obj status(RunFunctionResponse response) {
        return StructCodec.tree(response.getDesired().getComposite().getResource())
                .object("status");
    }

    /** The status, reason and message of a condition, such as {@code TRUE Available: The cluster is available.} */
    static String condition(RunFunctionResponse response, String type) {
        return response.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus().name().replace("STATUS_CONDITION_", "") + " "
                        + condition.getReason() + ": " + condition.getMessage())
                .collect(Collectors.joining());
    }

    /** The status and reason of a condition, such as {@code FALSE Invalid}. */
    static String reason(RunFunctionResponse response, String type) {
        return condition(response, type).replaceFirst("(?s):.*", "");
    }

    /** The fields that the condition Accepted reports errors of. */
    static List<String> invalid(RunFunctionResponse response) {
        return reason(response, "Accepted").equals("FALSE Invalid")
                ? PATH.matcher(condition(response, "Accepted").replaceFirst("FALSE Invalid: ", ""))
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : List.of();
    }

    /** The reasons of the events. */
    static List<String> events(RunFunctionResponse response) {
        return response.getResultsList().stream().map(Result::getReason).toList();
    }

    static boolean fatal(RunFunctionResponse response) {
        return response.getResultsList().stream().anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
    }

    /** The status of a cluster that has not responded for an hour, so that it counts as lost. */
    static Json.Obj lost() {
        var since = obj(
                "lastTransitionTime", ObservedStateFake.START.minusSeconds(3600).toString());
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        Merge.over(ObservedStateFake.condition("Ready", "False", "Unavailable"), since)));
    }

    /** The status of a cluster that does not respond since a short time ago, as during a restart. */
    static Json.Obj down() {
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "False", "Unavailable")));
    }

    /** From where the network policy of an existing cluster lets requests in: the namespace itself, and another one. */
    static List<Json> peersBesideTheNamespace(String namespace) {
        return List.of(
                obj("podSelector", obj()),
                obj("namespaceSelector", obj("matchLabels", obj("kubernetes.io/metadata.name", namespace))));
    }

    /** From where the network policy of an existing cluster lets requests in. */
    static List<Json> peers(RunFunctionResponse response) {
        return body(response, "isolation-network-policy")
                .object("spec", "forProvider", "manifest", "spec")
                .items("ingress")
                .getFirst()
                .items("from");
    }
}
