package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Optional;

/** An object was added (nothing before), modified, or deleted (nothing after). */
record WatchEvent(Ref ref, Optional<Json.Obj> before, Optional<Json.Obj> after) {

    boolean changes(String... path) {
        return !before.flatMap(object -> object.at(path)).equals(after.flatMap(object -> object.at(path)));
    }
}
