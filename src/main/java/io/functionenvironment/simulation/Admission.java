package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an API server checks and adds before it stores an object. */
final class Admission {
    private static final int MAX_HISTORY = 20;

    private Admission() {}

    static void requireNamespace(Cluster cluster, Ref ref) {
        if (ref.namespace().isEmpty()) {
            return;
        }
        var namespace = cluster.get(Ref.namespace(ref.namespace()))
                .orElseThrow(() -> ApiError.notFound(Ref.namespace(ref.namespace())));
        if (namespace.at("metadata", "deletionTimestamp").isPresent()) {
            throw new ApiError(ref.qualifiedName() + " is forbidden: unable to create new content in namespace "
                    + ref.namespace() + " because it is being terminated");
        }
    }

    static void requireOneController(Json.Obj object) {
        var controllers = object.items("metadata", "ownerReferences").stream()
                .filter(owner -> owner.isTrue("controller"))
                .map(owner -> owner.text("name").orElse(""))
                .toList();
        if (controllers.size() > 1) {
            throw ApiError.invalid(
                    Ref.of(object),
                    "metadata.ownerReferences: Invalid value: Only one reference can have Controller set to true. Found"
                            + " \"true\" in references for " + String.join(" and ", controllers));
        }
    }

    /** A default in the schema of a CustomResourceDefinition. */
    private record Default(String kind, Json value, List<String> path) {
        private boolean isIn(Json object) {
            return object.at(keys()).equals(Optional.of(value));
        }

        private boolean isMissing(Json object) {
            return object.at(keys()).isEmpty();
        }

        private String[] keys() {
            return path.toArray(String[]::new);
        }
    }

    /** Those of provider-helm's and provider-kubernetes's. */
    private static final List<Default> DEFAULTS = List.of(
            new Default("Release", new Json.Num(MAX_HISTORY), List.of("spec", "forProvider", "maxHistory")),
            new Default("Object", new Json.Text("SuccessfulCreate"), List.of("spec", "readiness", "policy")),
            new Default("Object", new Json.Bool(false), List.of("spec", "watch")),
            new Default(
                    "Object",
                    new Json.Text("Background"),
                    List.of("spec", "forProvider", "deletionPropagationPolicy")));

    /** What provider-helm writes of every Release, see {@link HelmProvider#serialized}. */
    private static final Default SERIALIZED =
            new Default("Release", obj(field("name", "")), List.of("spec", "forProvider", "chart", "pullSecretRef"));

    static Json.Obj applyDefaults(Json.Obj object) {
        return of(object, DEFAULTS.stream())
                .filter(each -> each.isMissing(object))
                .reduce(
                        object,
                        (result, each) -> JsonEdit.set(result, each.value(), each.keys()),
                        (one, other) -> other);
    }

    /** An object without the fields that anybody may have set to their defaults. */
    static Json.Obj withoutDefaults(Json.Obj object) {
        return of(object, Stream.concat(DEFAULTS.stream(), Stream.of(SERIALIZED)))
                .filter(each -> each.isIn(object))
                .reduce(object, (result, each) -> JsonEdit.remove(result, each.keys()), (one, other) -> other);
    }

    /** The generation of an object after a write. */
    static double generation(Optional<Json.Obj> before, Json.Obj after) {
        return before.flatMap(object -> object.number("metadata", "generation")).orElse(0.0)
                + (before.isPresent() && content(before.get()).equals(content(after)) ? 0 : 1);
    }

    /** The part of an object whose changes increase its generation. */
    private static Json.Obj content(Json.Obj object) {
        var content = JsonEdit.remove(JsonEdit.remove(object, "metadata"), "status");
        return JsonEdit.set(content, object.at("metadata", "deletionTimestamp").isPresent(), "deleting");
    }

    private static Stream<Default> of(Json object, Stream<Default> defaults) {
        var kind = object.text("kind").orElse("");
        return defaults.filter(each -> each.kind().equals(kind));
    }
}
