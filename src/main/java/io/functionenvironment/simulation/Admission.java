package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;

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

    /** The defaults in the schemas of provider-helm's and provider-kubernetes's CustomResourceDefinitions. */
    static Json.Obj applyDefaults(Json.Obj object) {
        return switch (object.text("kind").orElse("")) {
            case "Release" -> withDefault(object, new Json.Num(MAX_HISTORY), "spec", "forProvider", "maxHistory");
            case "Object" -> {
                var readiness = withDefault(object, new Json.Text("SuccessfulCreate"), "spec", "readiness", "policy");
                var watch = withDefault(readiness, new Json.Bool(false), "spec", "watch");
                yield withDefault(
                        watch, new Json.Text("Background"), "spec", "forProvider", "deletionPropagationPolicy");
            }
            default -> object;
        };
    }

    private static Json.Obj withDefault(Json.Obj object, Json value, String... path) {
        return object.at(path).isPresent() ? object : JsonEdit.set(object, value, path);
    }
}
