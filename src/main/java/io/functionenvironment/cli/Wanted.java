package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * Which Environments a plan is about.
 *
 * @param changed the Environment as it will be applied
 * @param name NAMESPACE/NAME of one
 * @param all whether all of them
 */
record Wanted(Optional<Json.Obj> changed, Optional<String> name, boolean all) {
    /** Whether an Environment is the changed one, or has the name. */
    boolean matches(Json.Obj environment) {
        return changed.map(object -> Document.areSame(environment, object))
                .or(() -> name.map(wanted ->
                        wanted.equals(environment.text("metadata", "namespace").orElse("") + "/"
                                + environment.text("metadata", "name").orElse(""))))
                .orElse(true);
    }
}
