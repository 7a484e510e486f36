package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** provider-kubernetes, for namespaced Objects whose manifests are in the host cluster. */
record ObjectProvider(Cluster host, VirtualClock clock) implements ExternalClient.Provider {
    private static final Duration NOT_READY = Duration.ofSeconds(30);

    @Override
    public String apiVersion() {
        return "kubernetes.m.crossplane.io/v1alpha1";
    }

    @Override
    public String kind() {
        return "Object";
    }

    @Override
    public Json.Obj serialized(Json.Obj managed) {
        return managed;
    }

    /** The Objects with {@code watch: true} whose manifest is the given object. */
    static List<Ref> watching(Cluster host, Ref manifest) {
        return host.list("Object").stream()
                .filter(object -> object.isTrue("spec", "watch"))
                .filter(object ->
                        Ref.of(object.object("spec", "forProvider", "manifest")).equals(manifest))
                .map(Ref::of)
                .toList();
    }

    /** An Object that is not ready is polled every 30 seconds, whatever is configured. */
    @Override
    public Duration pollInterval(Json.Obj managed, Duration configured) {
        return Conditions.isTrue(managed, "Ready") ? configured : NOT_READY;
    }

    @Override
    public ExternalClient connect(Json.Obj managed) {
        return new Manifest(managed, managed.object("spec", "forProvider", "manifest"), host, clock);
    }

    private record Manifest(Json.Obj managed, Json.Obj manifest, Cluster host, VirtualClock clock)
            implements ExternalClient {

        @Override
        public Observation observe() {
            return host.get(Ref.of(manifest))
                    .map(found ->
                            new Observation(true, contains(found, manifest), Map.of(), object -> status(object, found)))
                    .orElse(Observation.ABSENT);
        }

        @Override
        public Operation create() {
            return apply();
        }

        @Override
        public Operation update() {
            return apply();
        }

        private Operation apply() {
            return Operation.immediate(() -> {
                try {
                    host.apply("provider-kubernetes/" + Ref.of(managed).name(), manifest);
                } catch (ApiError denied) {
                    throw new ExternalError("cannot apply object: " + denied.message());
                }
            });
        }

        @Override
        public void delete() {
            host.delete(Ref.of(manifest));
        }

        private Json.Obj status(Json.Obj object, Json.Obj found) {
            var query = managed.text("spec", "readiness", "celQuery");
            var ready = query.filter(expression -> !evaluate(expression, found)).isEmpty();
            return Conditions.with(
                    JsonEdit.set(object, obj(field("manifest", found)), "status", "atProvider"),
                    new Condition("Ready", ready ? "True" : "False", ready ? "Available" : "Unavailable", ""),
                    Optional.empty(),
                    clock.now());
        }

        /** Evaluates the two queries that the function uses: ready replicas of a StatefulSet, and a quota's usage. */
        private static boolean evaluate(String expression, Json.Obj found) {
            return expression.contains("readyReplicas")
                    ? found.number("status", "readyReplicas")
                            .filter(replicas -> replicas > 0)
                            .isPresent()
                    : found.at("status", "used").isPresent();
        }

        private static boolean contains(Json whole, Json part) {
            if (part instanceof Json.Obj(var fields)) {
                return fields.entrySet().stream()
                        .allMatch(field -> whole.at(field.getKey())
                                .filter(here -> contains(here, field.getValue()))
                                .isPresent());
            }
            return part.equals(whole);
        }
    }
}
