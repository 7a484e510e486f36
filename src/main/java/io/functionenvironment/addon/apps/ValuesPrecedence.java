package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Lock;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.resource.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the values of an app win over those of its catalog entry, and locked ones over both. provider-helm reads
 * {@code valuesFrom}, then {@code values}, then {@code set}, so an item of the entry's {@code set} that the app may write
 * elsewhere is moved into the entry's values.
 *
 * @param errors receives why an app cannot have what it writes
 */
record ValuesPrecedence(App entry, App app, FieldErrors errors) {

    /** Empty, with errors, if the app writes what it may not, or what cannot win. */
    Optional<AppValues> values() {
        var before = errors.size();
        var written =
                entry.set().isEmpty() && entry.locked().isEmpty() ? List.<WrittenValue>of() : WrittenValue.of(app);
        refuseLocked(written);
        refuseBelowSecrets(written);
        var moved = moved(written);
        var below = entryValues(moved);
        if (errors.size() > before) {
            return Optional.empty();
        }
        var set = new ArrayList<Json>();
        for (var i = 0; i < entry.set().size(); i++) {
            if (!moved.contains(i)) {
                set.add(entry.set().get(i));
            }
        }
        set.addAll(app.set());
        entry.locked().forEach(lock -> set.addAll(lock.set()));
        return Optional.of(new AppValues(
                entry.valuesFrom(),
                Optional.of(below).filter(values -> references() && !values.isEmpty()),
                app.valuesFrom(),
                references() ? app.values() : Merge.values(below, app.values()),
                List.copyOf(set)));
    }

    /** Whether the app has values that are not known here, between those of the entry and its own. */
    private boolean references() {
        return !app.valuesFrom().isEmpty();
    }

    private static Stream<ValuePath> paths(SetItem item) {
        return item.paths().stream().flatMap(List::stream);
    }

    private void refuseLocked(List<WrittenValue> written) {
        for (var lock : entry.locked()) {
            written.stream()
                    .filter(value -> value.changes(lock.path()))
                    .forEach(value -> errors.add(value.field(), locked(lock)));
            for (var i = 0; i < app.set().size(); i++) {
                if (paths(SetItem.of(app.set().get(i))).anyMatch(lock.path()::overlaps)) {
                    errors.add(app.path() + ".set[" + i + "]", locked(lock));
                }
            }
        }
    }

    private String locked(Lock lock) {
        return "sets a value that the platform has locked (" + lock.path() + " of the catalog entry \"" + entry.name()
                + "\"); remove it";
    }

    /** The entry's value stands above the app's, and is not known here. */
    private void refuseBelowSecrets(List<WrittenValue> written) {
        for (var item : SetItem.of(entry.set())) {
            if (!item.literal()) {
                written.stream()
                        .filter(value -> paths(item).anyMatch(value::changes))
                        .forEach(value -> errors.add(
                                value.field(),
                                "is overridden by a value from a Secret or ConfigMap in the set of the catalog entry \""
                                        + entry.name() + "\"; remove it, or set " + item.name() + " in set"));
            }
        }
    }

    /** The items of the entry's {@code set} that have to be below the app's values, with those before them on the same path. */
    private List<Integer> moved(List<WrittenValue> written) {
        var items = SetItem.of(entry.set());
        var moved = new ArrayList<Integer>();
        var paths = new ArrayList<ValuePath>();
        for (var i = items.size() - 1; i >= 0; i--) {
            var own = paths(items.get(i)).toList();
            var overwritten = own.stream().anyMatch(path -> paths.stream().anyMatch(path::overlaps));
            if (items.get(i).literal()) {
                var known = items.get(i).paths().isPresent();
                if (references()
                        || overwritten
                        || written.stream()
                                .anyMatch(value -> !known || own.stream().anyMatch(value.path()::overlaps))) {
                    moved.addFirst(i);
                    paths.addAll(own);
                }
            } else if (overwritten) {
                errors.add(
                        entry.path() + ".set[" + i + "]",
                        "comes from a Secret or ConfigMap and is followed by a value for the same path, which has to be below the"
                                + " values of " + app.path() + "; remove one of the two");
            }
        }
        return moved;
    }

    private Json.Obj entryValues(List<Integer> moved) {
        var values = entry.values();
        for (var i : moved) {
            var over = SetItem.of(entry.set().get(i)).over(values);
            if (over.isEmpty()) {
                errors.add(
                        entry.path() + ".set[" + i + "]",
                        "cannot be put below the values of " + app.path()
                                + ", because it cannot be read exactly; write it into values");
            }
            values = over.orElse(values);
        }
        var size = references() ? Yaml.compact(values).getBytes(StandardCharsets.UTF_8).length : 0;
        if (size > ConfigMap.MAX_BYTES) {
            errors.add(
                    app.path() + ".valuesFrom",
                    "requires a ConfigMap with the values of the catalog entry \"" + entry.name() + "\", which have "
                            + size + " bytes; a ConfigMap has at most " + ConfigMap.MAX_BYTES
                            + "; write the values of this app into values");
        }
        return values;
    }

    /**
     * A value that an app writes.
     *
     * @param field its path in the request
     * @param empty whether it is an empty object, which changes nothing that an object below it has
     */
    private record WrittenValue(ValuePath path, String field, boolean empty) {
        static List<WrittenValue> of(App app) {
            return of(
                            new ValuePath(List.of()),
                            FieldReader.at(app.path() + ".values", Optional.of(app.values()), new FieldErrors()))
                    .filter(value -> !value.path.keys().isEmpty())
                    .toList();
        }

        private static Stream<WrittenValue> of(ValuePath path, FieldReader at) {
            return at.value() instanceof Json.Obj(var fields) && !fields.isEmpty()
                    ? fields.keySet().stream().sorted().flatMap(key -> of(path.child(key), at.field(key)))
                    : Stream.of(new WrittenValue(path, at.path(), at.value() instanceof Json.Obj));
        }

        /** Whether a value at a path would be another one without it. */
        boolean changes(ValuePath other) {
            return empty ? path.within(other) : path.overlaps(other);
        }
    }
}
