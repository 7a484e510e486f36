package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.ByteString;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What exists after some calls, if all goes well: what was desired is there, and its providers say it is ready. Good for
 * states to stand still in; how they really follow each other is for the simulated control plane.
 */
final class ObservedStateFake {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant NOW = START.plusSeconds(100);

    private final Map<String, Json.Obj> observed = new TreeMap<>();
    private Json.Obj settings;
    private final EnvironmentFunction function;
    private Json.Obj composite;
    private boolean kubeconfig = true;
    private Optional<List<Json.Obj>> formers = Optional.of(List.of());
    private Optional<List<Json.Obj>> leftovers = Optional.of(List.of());

    ObservedStateFake(Json composite, Json.Obj settings) {
        this(FUNCTION, composite, settings);
    }

    ObservedStateFake(EnvironmentFunction function, Json composite, Json.Obj settings) {
        this.function = function;
        this.composite = Requests.withUid(composite);
        this.settings = settings;
    }

    /** The Environment is changed to another. */
    ObservedStateFake change(Json other) {
        composite = Merge.over(Requests.withUid(other), obj("status", composite.object("status")));
        return this;
    }

    /** Somebody deletes the Environment, and Crossplane refuses that on account of a Usage. */
    ObservedStateFake refuseDeletion() {
        composite = Merge.over(
                composite,
                obj(
                        "metadata",
                        obj("annotations", obj("usage.crossplane.io/deletion-attempt-with-policy", "Background"))));
        return this;
    }

    /** Crossplane's circuit breaker opened then, and no event has closed it. */
    ObservedStateFake deaf(Instant since) {
        var conditions = new ArrayList<Object>(composite.items("status", "conditions"));
        conditions.add(Merge.over(
                condition("Responsive", "False", "WatchCircuitOpen"), obj("lastTransitionTime", since.toString())));
        composite = Merge.over(composite, obj("status", obj("conditions", conditions)));
        return this;
    }

    ObservedStateFake withoutKubeconfig() {
        kubeconfig = false;
        return this;
    }

    /** Likewise, of Objects. */
    ObservedStateFake formers(Optional<List<Json.Obj>> found) {
        formers = found;
        return this;
    }

    /** What a look-up by our label finds of Releases, or nothing if nobody has looked. */
    ObservedStateFake leftovers(Optional<List<Json.Obj>> found) {
        leftovers = found;
        return this;
    }

    Json.Obj leftover() {
        return leftovers.orElseThrow().getFirst();
    }

    Json.Obj observed(String name) {
        return Optional.ofNullable(observed.get(name)).orElseThrow();
    }

    ObservedStateFake settings(Json.Obj other) {
        settings = other;
        return this;
    }

    RunFunctionRequest request() {
        var request = RunFunctionRequest.newBuilder();
        request.getObservedBuilder().getCompositeBuilder().setResource(StructCodec.struct(composite));
        formers.ifPresent(former -> request.putRequiredResources(
                "untracked-objects",
                Resources.newBuilder()
                        .addAllItems(former.stream()
                                .map(body -> Resource.newBuilder()
                                        .setResource(StructCodec.struct(body))
                                        .build())
                                .toList())
                        .build()));
        leftovers.ifPresent(left -> request.putRequiredResources(
                "untracked-releases",
                Resources.newBuilder()
                        .addAllItems(left.stream()
                                .map(body -> Resource.newBuilder()
                                        .setResource(StructCodec.struct(body))
                                        .build())
                                .toList())
                        .build()));
        var found = Resources.newBuilder();
        if (!settings.isEmpty()) {
            found.addItems(Resource.newBuilder().setResource(StructCodec.struct(settings)));
        }
        request.putRequiredResources("settings", found.build());
        observed.forEach((name, body) -> {
            var resource = Resource.newBuilder().setResource(StructCodec.struct(body));
            if (kubeconfig && body.at("spec", "writeConnectionSecretToRef").isPresent()) {
                resource.putConnectionDetails("kubeconfig", ByteString.copyFromUtf8("secret"));
            }
            request.getObservedBuilder().putResources(name, resource.build());
        });
        return request.build();
    }

    RunFunctionResponse call() {
        return function.run(new FunctionRequest(request()), NOW).message();
    }

    /** One call, after which all that is desired is there and ready, and nothing else is. */
    RunFunctionResponse step() {
        var response = call();
        observed.keySet().retainAll(response.getDesired().getResourcesMap().keySet());
        response.getDesired().getResourcesMap().forEach((name, resource) -> {
            var body = StructCodec.tree(resource.getResource());
            observed.put(name, Merge.over(body, ready(name, body)));
        });
        composite = Merge.over(
                composite,
                obj(
                        "status",
                        StructCodec.tree(response.getDesired().getComposite().getResource())
                                .object("status")));
        composite = Merge.over(composite, obj("status", conditions(response)));
        return response;
    }

    /** What exists, by composition-resource-name. */
    java.util.Set<String> names() {
        return java.util.Set.copyOf(observed.keySet());
    }

    /** What is decided is applied: all that is desired exists and is ready, and nothing else exists. */
    void apply(List<io.functionenvironment.graph.Decision> decisions) {
        var desired = new TreeMap<String, Json.Obj>();
        decisions.forEach(decision -> decision.desired().ifPresent(body -> desired.put(decision.name(), body)));
        observed.keySet().retainAll(desired.keySet());
        desired.forEach((name, body) -> observed.put(name, Merge.over(body, ready(name, body))));
    }

    ObservedStateFake steps(int count) {
        for (var i = 0; i < count; i++) {
            step();
        }
        return this;
    }

    /** A resource gets another status. */
    ObservedStateFake status(String name, Json.Obj status) {
        var body = new TreeMap<>(observed.getOrDefault(name, Json.Obj.EMPTY).fields());
        body.put("status", status);
        observed.put(name, new Json.Obj(body));
        return this;
    }

    /** Somebody edits an annotation. */
    ObservedStateFake annotate(String name, String key, String value) {
        observed.put(name, Merge.over(observed(name), obj("metadata", obj("annotations", obj(key, value)))));
        return this;
    }

    /** Somebody edits a resource, as Helm lays values over values. */
    ObservedStateFake edit(String name, Json.Obj over) {
        observed.put(name, Merge.over(observed(name), over));
        return this;
    }

    /** Another step's resource is there too. */
    ObservedStateFake other(String name, Json.Obj body) {
        observed.put(name, body);
        return this;
    }

    /** Somebody deletes a resource. */
    ObservedStateFake delete(String name) {
        observed.remove(name);
        return this;
    }

    List<Json> documents() {
        var documents = new ArrayList<Json>(observed.values());
        observed.values()
                .forEach(body -> body.text("spec", "writeConnectionSecretToRef", "name")
                        .filter(name -> kubeconfig)
                        .ifPresent(name -> documents.add(obj(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Secret",
                                "metadata",
                                obj("name", name, "namespace", composite.text("metadata", "namespace")),
                                "data",
                                obj("kubeconfig", "c2VjcmV0")))));
        return documents;
    }

    Json composite() {
        return composite;
    }

    private Json.Obj ready(String name, Json.Obj body) {
        var conditions = arr(condition("Synced", "True", "ReconcileSuccess"), condition("Ready", "True", "Available"));
        var metadata = obj(
                "name", composite.text("metadata", "name").orElse("") + "-" + Integer.toHexString(name.hashCode()),
                "namespace", composite.text("metadata", "namespace"),
                "creationTimestamp", START.toString(),
                "annotations", obj(Requests.NAME, name),
                "ownerReferences",
                        arr(obj(
                                "apiVersion",
                                composite.text("apiVersion"),
                                "kind",
                                composite.text("kind"),
                                "name",
                                composite.text("metadata", "name"),
                                "uid",
                                composite.text("metadata", "uid"),
                                "controller",
                                true,
                                "blockOwnerDeletion",
                                true)));
        if (observesNamespace(body)) {
            return obj("metadata", metadata, "status", obj("conditions", arr(absent())));
        }
        return body.text("kind").orElse("").equals("ProviderConfig")
                ? obj("metadata", metadata)
                : obj(
                        "metadata",
                        metadata,
                        "status",
                        obj(
                                "atProvider",
                                obj("revision", 1, "manifest", body.at("spec", "forProvider", "manifest")),
                                "conditions",
                                conditions));
    }

    /** The host namespace does not exist before its Object may create it. */
    private static boolean observesNamespace(Json.Obj body) {
        return body.text("spec", "forProvider", "manifest", "kind").equals(Optional.of("Namespace"))
                && body.items("spec", "managementPolicies").equals(List.of(new Json.Text("Observe")));
    }

    private static Json.Obj absent() {
        return Merge.over(
                condition("Synced", "False", "ReconcileError"),
                obj("message", "observe failed: external resource does not exist"));
    }

    static Json.Obj condition(String type, String status, String reason) {
        return obj("type", type, "status", status, "reason", reason, "lastTransitionTime", START.toString());
    }

    private static Json.Obj conditions(RunFunctionResponse response) {
        return obj(
                "conditions",
                response.getConditionsList().stream()
                        .map(condition -> obj(
                                "type", condition.getType(),
                                "status", word(condition.getStatus().name()),
                                "reason", condition.getReason(),
                                "message", condition.getMessage(),
                                "lastTransitionTime", START.toString()))
                        .toList());
    }

    private static String word(String status) {
        var word = status.replace("STATUS_CONDITION_", "");
        return word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
