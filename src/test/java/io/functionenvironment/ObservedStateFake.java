package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.ByteString;
import io.functionenvironment.conformance.ImmediateControlPlane;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
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
import java.util.Set;
import java.util.TreeMap;

/**
 * The observed state after some calls without failures: every desired resource exists and is ready. It serves tests of single
 * calls; the simulated control plane serves tests of sequences.
 */
final class ObservedStateFake {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant NOW = START.plusSeconds(100);

    private static final Set<String> COMMON_LOOKUPS = Set.of("untracked-objects", "untracked-releases");

    private final Map<String, Json.Obj> observed = new TreeMap<>();
    private Json.Obj settings;
    private final Evaluator evaluator;
    private Json.Obj composite;
    private boolean kubeconfig = true;
    private Optional<List<Json.Obj>> untrackedObjects = Optional.of(List.of());
    private Optional<List<Json.Obj>> untrackedReleases = Optional.of(List.of());
    private final Map<String, List<Json.Obj>> otherLookups = new TreeMap<>();
    private List<Decision> decisions = List.of();

    ObservedStateFake(Json composite, Json.Obj settings) {
        this(FUNCTION, composite, settings);
    }

    ObservedStateFake(EnvironmentFunction function, Json composite, Json.Obj settings) {
        this(function::evaluate, composite, settings);
    }

    private ObservedStateFake(Evaluator evaluator, Json composite, Json.Obj settings) {
        this.evaluator = evaluator;
        this.composite = Requests.withUid(composite);
        this.settings = settings;
    }

    /** What evaluates a request; a function, mostly. */
    interface Evaluator {
        Evaluation evaluate(FunctionRequest request, Instant now);
    }

    /** The same state before another evaluator. */
    ObservedStateFake evaluatedBy(Evaluator other) {
        var next = new ObservedStateFake(other, composite, settings);
        next.observed.putAll(observed);
        next.composite = composite;
        next.kubeconfig = kubeconfig;
        next.untrackedObjects = untrackedObjects;
        next.untrackedReleases = untrackedReleases;
        return next;
    }

    /** Replaces the Environment, but not its status. */
    ObservedStateFake change(Json environment) {
        composite = Merge.over(Requests.withUid(environment), obj("status", composite.object("status")));
        return this;
    }

    /** Somebody deletes the Environment, and Crossplane refuses because of a Usage. */
    ObservedStateFake refuseDeletion() {
        composite = Merge.over(
                composite,
                obj(
                        "metadata",
                        obj("annotations", obj("usage.crossplane.io/deletion-attempt-with-policy", "Background"))));
        return this;
    }

    /** Crossplane's watch circuit breaker opened at a time, and the condition has not changed since. */
    ObservedStateFake breakerOpen(Instant since) {
        var conditions = new ArrayList<Object>(composite.items("status", "conditions"));
        conditions.add(Merge.over(
                condition("Responsive", "False", "WatchCircuitOpen"), obj("lastTransitionTime", since.toString())));
        composite = Merge.over(composite, obj("status", obj("conditions", conditions)));
        return this;
    }

    /** No resource has connection details. */
    ObservedStateFake withoutKubeconfig() {
        kubeconfig = false;
        return this;
    }

    /** The result of the look-up of untracked Objects; empty if Crossplane has not done it. */
    ObservedStateFake untrackedObjects(Optional<List<Json.Obj>> found) {
        untrackedObjects = found;
        return this;
    }

    /** The result of the look-up of untracked Releases; empty if Crossplane has not done it. */
    ObservedStateFake untrackedReleases(Optional<List<Json.Obj>> found) {
        untrackedReleases = found;
        return this;
    }

    /** The result of a look-up of untracked resources of another type. */
    ObservedStateFake untracked(String requirement, List<Json.Obj> found) {
        otherLookups.put(requirement, found);
        return this;
    }

    /** What Crossplane finds of other resources for the requirements of the function. */
    ObservedStateFake finding(List<Json> others) {
        if (!others.isEmpty()) {
            Requests.lookedUp(request().toBuilder(), others)
                    .getRequiredResourcesMap()
                    .forEach((name, found) -> otherLookups.put(
                            name,
                            found.getItemsList().stream()
                                    .map(item -> StructCodec.tree(item.getResource()))
                                    .toList()));
        }
        return this;
    }

    /** The first untracked Release. */
    Json.Obj untrackedRelease() {
        return untrackedReleases.orElseThrow().getFirst();
    }

    /** The body of an observed resource. */
    Json.Obj observed(String name) {
        return Optional.ofNullable(observed.get(name)).orElseThrow();
    }

    /** Replaces the Settings; an empty object for none. */
    ObservedStateFake settings(Json.Obj document) {
        settings = document;
        return this;
    }

    RunFunctionRequest request() {
        var request = RunFunctionRequest.newBuilder();
        request.getObservedBuilder().getCompositeBuilder().setResource(StructCodec.struct(composite));
        untrackedObjects.ifPresent(found -> request.putRequiredResources("untracked-objects", resources(found)));
        untrackedReleases.ifPresent(found -> request.putRequiredResources("untracked-releases", resources(found)));
        otherLookups.forEach((name, found) -> request.putRequiredResources(name, resources(found)));
        request.putRequiredResources("settings", resources(settings.isEmpty() ? List.of() : List.of(settings)));
        observed.forEach((name, body) -> {
            var resource = Resource.newBuilder().setResource(StructCodec.struct(body));
            if (kubeconfig && body.at("spec", "writeConnectionSecretToRef").isPresent()) {
                resource.putConnectionDetails("kubeconfig", ByteString.copyFromUtf8("secret"));
            }
            request.getObservedBuilder().putResources(name, resource.build());
        });
        return request.build();
    }

    private static Resources resources(List<Json.Obj> bodies) {
        return Resources.newBuilder()
                .addAllItems(bodies.stream()
                        .map(body -> Resource.newBuilder()
                                .setResource(StructCodec.struct(body))
                                .build())
                        .toList())
                .build();
    }

    /** Calls the function. The state stays as it is. */
    RunFunctionResponse call() {
        var request = new FunctionRequest(request());
        var evaluation = evaluator.evaluate(request, NOW);
        decisions = evaluation instanceof Evaluation.Evaluated evaluated ? evaluated.decisions() : List.of();
        var response = EnvironmentFunction.respond(request, evaluation).message();
        response.getRequirements().getResourcesMap().keySet().stream()
                .filter(name -> name.startsWith(Observed.LOOKUP))
                .filter(name -> !COMMON_LOOKUPS.contains(name))
                .forEach(name -> otherLookups.putIfAbsent(name, List.of()));
        return response;
    }

    /**
     * The state that the last call decided for a component, such as {@code Terminating AWAITS_DEPENDENT app-a}; empty if there
     * was no decision.
     */
    String decision(String component) {
        return decisions.stream()
                .filter(decision -> decision.name().equals(component))
                .map(decision -> switch (decision.state()) {
                    case ComponentState.Terminating(var removal) -> "Terminating " + reason(removal);
                    case ComponentState.Removed(var removal) -> "Removed " + reason(removal);
                    case ComponentState other -> other.getClass().getSimpleName();
                })
                .findFirst()
                .orElse("");
    }

    private static String reason(ComponentState.Removal removal) {
        return removal.reason()
                + removal.subject().map(subject -> " " + subject).orElse("");
    }

    /** Calls the function and applies its response: every desired resource exists and is ready, and no other exists. */
    RunFunctionResponse step() {
        var response = call();
        apply(response);
        return response;
    }

    /** Calls the function and applies its resources. Crossplane writes the status last, and fails before. */
    RunFunctionResponse stepWithoutStatus() {
        var before = composite;
        var response = step();
        composite = before;
        return response;
    }

    /** Crossplane's webhook refuses to delete what a Usage names, until the Usage is gone. */
    private void refuseDeletionsByUsages(RunFunctionResponse response) {
        observed.forEach((name, body) -> {
            if (!response.getDesired().containsResources(name)) {
                observed.forEach((usage, other) -> {
                    if (other.text("kind").equals(Optional.of("Usage"))
                            && other.text("spec", "of", "kind").equals(body.text("kind"))
                            && other.text("spec", "of", "resourceRef", "name").equals(body.text("metadata", "name"))) {
                        throw new AssertionError(usage + " refuses the deletion of " + name);
                    }
                });
            }
        });
    }

    private void apply(RunFunctionResponse response) {
        refuseDeletionsByUsages(response);
        var next = ImmediateControlPlane.afterApply(
                request(), response, body -> observesNamespace(StructCodec.tree(body)));
        composite = StructCodec.tree(next.getObserved().getComposite().getResource());
        observed.clear();
        next.getObserved()
                .getResourcesMap()
                .forEach((name, resource) -> observed.put(name, StructCodec.tree(resource.getResource())));
    }

    /** The composition-resource-names of what is observed. */
    Set<String> names() {
        return Set.copyOf(observed.keySet());
    }

    /** Several calls of {@link #step}. */
    ObservedStateFake steps(int count) {
        for (var i = 0; i < count; i++) {
            step();
        }
        return this;
    }

    /** Replaces the status of a resource, which is created if it does not exist. */
    ObservedStateFake status(String name, Json.Obj status) {
        var body = new TreeMap<>(observed.getOrDefault(name, Json.Obj.EMPTY).fields());
        body.put("status", status);
        observed.put(name, new Json.Obj(body));
        return this;
    }

    /** The provider has not created the external resource of a managed resource. */
    ObservedStateFake neverCreated(String name) {
        var annotations =
                new TreeMap<>(observed(name).object("metadata", "annotations").fields());
        annotations.keySet().removeIf(key -> key.startsWith("crossplane.io/external-create-"));
        var metadata = new TreeMap<>(observed(name).object("metadata").fields());
        metadata.put("annotations", new Json.Obj(annotations));
        var body = new TreeMap<>(observed(name).fields());
        body.put("metadata", new Json.Obj(metadata));
        observed.put(name, new Json.Obj(body));
        return status(name, Json.Obj.EMPTY);
    }

    /** Somebody sets an annotation of a resource. */
    ObservedStateFake annotate(String name, String key, String value) {
        observed.put(name, Merge.over(observed(name), obj("metadata", obj("annotations", obj(key, value)))));
        return this;
    }

    /** Somebody edits a resource; the changes are merged over it. */
    ObservedStateFake edit(String name, Json.Obj changes) {
        observed.put(name, Merge.over(observed(name), changes));
        return this;
    }

    /** A resource of another step exists. */
    ObservedStateFake other(String name, Json.Obj body) {
        observed.put(name, body);
        return this;
    }

    /** Somebody deletes a resource. */
    ObservedStateFake delete(String name) {
        observed.remove(name);
        return this;
    }

    /** The observed resources and their connection Secrets. */
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

    /** Whether an Object observes the host namespace, which does not exist before the Object has the right to create it. */
    private static boolean observesNamespace(Json.Obj body) {
        return body.text("spec", "forProvider", "manifest", "kind").equals(Optional.of("Namespace"))
                && !body.text("spec", "forProvider", "manifest", "metadata", "name")
                        .equals(Optional.of("kube-system"))
                && body.items("spec", "managementPolicies").equals(List.of(new Json.Text("Observe")));
    }

    static Json.Obj condition(String type, String status, String reason) {
        return obj("type", type, "status", status, "reason", reason, "lastTransitionTime", START.toString());
    }
}
