package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** provider-kubernetes, for namespaced Objects of the host cluster. */
record ObjectProvider(Cluster host, Timeline timeline) implements External.Provider {
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
    public Json.Obj written(Json.Obj managed) {
        return managed;
    }

    /** The Objects that stand for something, and want to be told of it. */
    static List<Ref> watching(Cluster host, Ref thing) {
        return host.list("Object").stream()
                .filter(object -> object.isTrue("spec", "watch"))
                .filter(object ->
                        Ref.of(object.object("spec", "forProvider", "manifest")).equals(thing))
                .map(Ref::of)
                .toList();
    }

    /** While the thing is not ready it heeds no poll interval but its own. */
    @Override
    public Duration poll(Json.Obj managed, Duration usual) {
        return Conditions.isTrue(managed, "Ready") ? usual : NOT_READY;
    }

    @Override
    public External connect(Json.Obj managed) {
        return new Manifest(managed, managed.object("spec", "forProvider", "manifest"), host, timeline);
    }

    private record Manifest(Json.Obj managed, Json.Obj manifest, Cluster host, Timeline timeline) implements External {

        @Override
        public Seen observe() {
            return host.get(Ref.of(manifest))
                    .map(found -> new Seen(true, within(manifest, found), Map.of(), object -> status(object, found)))
                    .orElse(Seen.NOTHING);
        }

        @Override
        public Step create() {
            return apply();
        }

        @Override
        public Step update() {
            return apply();
        }

        private Step apply() {
            return Step.now(() -> {
                try {
                    host.apply("provider-kubernetes/" + Ref.of(managed).name(), manifest);
                } catch (ApiError refused) {
                    throw new Failure("cannot apply object: " + refused.words());
                }
            });
        }

        @Override
        public void delete() {
            host.delete(Ref.of(manifest));
        }

        private Json.Obj status(Json.Obj object, Json.Obj found) {
            var query = managed.text("spec", "readiness", "celQuery");
            var ready = query.filter(expression -> !holds(expression, found)).isEmpty();
            return Conditions.with(
                    JsonEdit.set(object, obj(field("manifest", found)), "status", "atProvider"),
                    new Answer.Condition("Ready", ready ? "True" : "False", ready ? "Available" : "Unavailable", ""),
                    Optional.empty(),
                    timeline.now());
        }

        /** What is asked of us: whether a StatefulSet has replicas that are ready, and whether a quota was counted. */
        private static boolean holds(String expression, Json.Obj found) {
            return expression.contains("readyReplicas")
                    ? found.number("status", "readyReplicas")
                            .filter(replicas -> replicas > 0)
                            .isPresent()
                    : found.at("status", "used").isPresent();
        }

        private static boolean within(Json part, Json whole) {
            if (part instanceof Json.Obj(var fields)) {
                return fields.entrySet().stream()
                        .allMatch(field -> whole.at(field.getKey())
                                .filter(here -> within(field.getValue(), here))
                                .isPresent());
            }
            return part.equals(whole);
        }
    }
}
