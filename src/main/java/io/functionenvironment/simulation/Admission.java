package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;

/** The defaults in the schemas of provider-helm's and provider-kubernetes's CustomResourceDefinitions. */
final class Admission {
    private static final int MAX_HISTORY = 20;

    private Admission() {}

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
