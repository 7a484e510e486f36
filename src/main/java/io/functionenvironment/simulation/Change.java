package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Optional;

/** An object appeared (nothing before), changed, or went (nothing after). */
record Change(Ref ref, Optional<Json.Obj> before, Optional<Json.Obj> after) {

    boolean differs(String... path) {
        return !before.flatMap(object -> object.at(path)).equals(after.flatMap(object -> object.at(path)));
    }
}
