package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;

/** What the API server adds to objects whose definition has defaults, as soon as they come. */
final class Admission {
    private static final int HISTORY = 20;

    private Admission() {}

    static Json.Obj complete(Json.Obj object) {
        return switch (object.text("kind").orElse("")) {
            case "Release" -> otherwise(object, new Json.Num(HISTORY), "spec", "forProvider", "maxHistory");
            case "Object" -> {
                var readiness = otherwise(object, new Json.Text("SuccessfulCreate"), "spec", "readiness", "policy");
                var watch = otherwise(readiness, new Json.Bool(false), "spec", "watch");
                yield otherwise(watch, new Json.Text("Background"), "spec", "forProvider", "deletionPropagationPolicy");
            }
            default -> object;
        };
    }

    private static Json.Obj otherwise(Json.Obj object, Json value, String... path) {
        return object.at(path).isPresent() ? object : JsonEdit.set(object, value, path);
    }
}
