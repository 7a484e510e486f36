package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Lock;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The locked values of a catalog entry. What an app writes in their place is an error, and is left out. The app is carried out
 * without it, because otherwise an app that is installed would stay as it was before a value was locked.
 */
record LockedValues(App entry, FieldErrors errors) {

    /** What an app writes elsewhere. */
    App without(App app) {
        if (entry.locked().isEmpty()) {
            return app;
        }
        var values = app.values();
        for (var value : WrittenValue.of(app)) {
            var lock = entry.locked().stream()
                    .filter(some -> value.changes(some.path()))
                    .findFirst();
            if (lock.isPresent()) {
                errors.add(value.field(), locked(lock.get()));
                values = value.removedFrom(values);
            }
        }
        var set = new ArrayList<Json>();
        for (var i = 0; i < app.set().size(); i++) {
            set.addAll(open(app.path() + ".set[" + i + "]", app.set().get(i)));
        }
        return app.with(values, List.copyOf(set));
    }

    /** An item of {@code set}, or as much of it as writes elsewhere. */
    private List<Json> open(String field, Json json) {
        var item = SetItem.of(json);
        if (item.paths().isEmpty()) {
            errors.add(
                    field,
                    "cannot be read exactly, which an app of the catalog entry \"" + entry.name()
                            + "\" with locked values requires; write it into values");
            return List.of(json);
        }
        var lock = paths(item).flatMap(path -> lock(path).stream()).findFirst();
        if (lock.isEmpty()) {
            return List.of(json);
        }
        errors.add(field, locked(lock.get()));
        return item.split().stream()
                .filter(part -> paths(part).allMatch(path -> lock(path).isEmpty()))
                .<Json>map(SetItem::json)
                .toList();
    }

    private static Stream<ValuePath> paths(SetItem item) {
        return item.paths().stream().flatMap(List::stream);
    }

    private Optional<Lock> lock(ValuePath path) {
        return entry.locked().stream()
                .filter(lock -> lock.path().overlaps(path))
                .findFirst();
    }

    private String locked(Lock lock) {
        return "sets a value that the platform has locked (" + lock.path() + " of the catalog entry \"" + entry.name()
                + "\"); the locked value applies; remove it";
    }
}
