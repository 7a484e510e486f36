package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Lock;
import io.functionenvironment.api.app.ResourceValue;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        var at = FieldReader.at(app.path() + ".values", Optional.of(app.values()), new FieldErrors());
        var values = open(app, at, app.values(), entry.locked(), 0);
        var set = new ArrayList<Json>();
        for (var i = 0; i < app.set().size(); i++) {
            set.addAll(open(app.path() + ".set[" + i + "]", app.set().get(i)));
        }
        return app.with(values, List.copyOf(set));
    }

    /**
     * An object without what is in the place of a locked value. Only the way to such places is read, and what is there is left out as
     * a whole: a team may have written any number of values below it.
     *
     * @param locks those whose paths lead through the object
     * @param depth the number of keys that lead to it
     */
    private Json.Obj open(App app, FieldReader at, Json.Obj object, List<Lock> locks, int depth) {
        var byKey = locks.stream()
                .collect(Collectors.groupingBy(
                        lock -> lock.path().keys().get(depth), TreeMap::new, Collectors.toList()));
        byKey.keySet().retainAll(object.fields().keySet());
        if (byKey.isEmpty()) {
            return object;
        }
        var open = new LinkedHashMap<>(object.fields());
        byKey.forEach((key, some) -> {
            if (open.get(key) instanceof Json.Obj inner && some.stream().allMatch(lock -> isBelow(lock, depth))) {
                open.put(key, open(app, at.field(key), inner, some, depth + 1));
            } else {
                var place = new ValuePath(some.getFirst().path().keys().subList(0, depth + 1));
                errors.add(source(app, place).orElse(at.field(key).path()), locked(some.getFirst()));
                open.remove(key);
            }
        });
        return new Json.Obj(open);
    }

    /** The path of the item that takes a value from another resource; empty if the app has no such item for this place. */
    private static Optional<String> source(App app, ValuePath place) {
        return app.resourceValues().stream()
                .filter(value -> value.isAt(place))
                .map(ResourceValue::path)
                .findFirst();
    }

    private static boolean isBelow(Lock lock, int depth) {
        return lock.path().keys().size() > depth + 1;
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
