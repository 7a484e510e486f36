package io.functionenvironment.api.app;

import io.functionenvironment.api.app.EnvironmentValue.Piece;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Apps and catalog entries whose values depend on the Environment, with the values for one Environment. */
public final class PlacedValues {
    private PlacedValues() {}

    /** The values with some text in each place that depends on the Environment, to check everything else with. */
    static Json.Obj sample(Json.Obj fixed, List<EnvironmentValue> depending) {
        var values = fixed;
        for (var value : depending) {
            values = value.assignment("x").over(values).orElse(values);
        }
        return values;
    }

    /**
     * The app or catalog entry for one Environment; empty if the Environment lacks what a placeholder stands for, or if a locked
     * value cannot be locked.
     *
     * @param facts what placeholders stand for, and literal text itself
     * @param path of the app in the request
     * @param errors receives why a value cannot be locked
     */
    public static Optional<App> of(App app, Function<Piece, Optional<String>> facts, String path, FieldErrors errors) {
        var values = app.values();
        var complete = true;
        for (var value : app.environmentValues()) {
            var text = value.text(facts);
            complete &= text.isPresent();
            values = value.assignment(text.orElse("")).over(values).orElse(values);
        }
        return complete
                ? locked(app.with(values, app.set()), path, errors).map(App::withoutEnvironmentValues)
                : Optional.empty();
    }

    private static boolean depends(App app, Lock lock) {
        return app.environmentValues().stream().anyMatch(value -> value.changes(lock.path()));
    }

    /** The app with locks that have the values of this Environment. */
    private static Optional<App> locked(App app, String path, FieldErrors errors) {
        if (app.locked().stream().noneMatch(lock -> depends(app, lock))) {
            return Optional.of(app);
        }
        var whole = app.values();
        for (var item : SetItem.of(app.set())) {
            whole = item.literal() ? item.over(whole).orElse(whole) : whole;
        }
        var locks = new ArrayList<Lock>();
        for (var lock : app.locked()) {
            if (!depends(app, lock)) {
                locks.add(lock);
                continue;
            }
            var item = whole.at(lock.path().keys().toArray(String[]::new))
                    .flatMap(value -> SetItem.exactly(lock.path(), value));
            if (item.isEmpty()) {
                errors.add(
                        path,
                        "has the locked value " + lock.path() + " of the catalog entry \"" + app.name()
                                + "\", which for this Environment looks like a number, true, false or null, and so cannot be"
                                + " locked; change the label or the size that it is made from, or remove the lock");
                return Optional.empty();
            }
            locks.add(new Lock(lock.path(), item.get().json()));
        }
        return Optional.of(app.withLocks(locks));
    }
}
