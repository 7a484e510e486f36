package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.graph.Obstacle.MissingValue;
import java.util.List;
import java.util.Optional;

/**
 * An app with what its catalog entry adds.
 *
 * @param app with a complete chart
 * @param missing a value of another resource without which it cannot be carried out
 * @param kept values of other resources that are gone, of which it keeps the last
 */
record ResolvedApp(App app, AppValues values, Optional<MissingValue> missing, List<MissingValue> kept) {
    ResolvedApp(App app, AppValues values) {
        this(app, values, Optional.empty(), List.of());
    }

    ResolvedApp with(ResourceValues.Filled filled) {
        return new ResolvedApp(app, values, filled.missing(), filled.kept());
    }
}
