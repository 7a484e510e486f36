package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Assignment;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.resource.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

    /** Empty, with errors, if the app writes what cannot win. What it writes in the place of locked values is left out. */
    Optional<AppValues> values() {
        var open = new LockedValues(entry, errors).without(app);
        return new ValuesPrecedence(entry, open, errors).unlocked();
    }

    private Optional<AppValues> unlocked() {
        var before = errors.size();
        var written = entry.set().isEmpty() ? List.<WrittenValue>of() : WrittenValue.of(app);
        refuseBelowSecrets(written);
        var items = items();
        var moved = moved(items, written);
        var below = entryValues(moved, written);
        if (errors.size() > before) {
            return Optional.empty();
        }
        var set = new ArrayList<Json>();
        for (var i = 0; i < entry.set().size(); i++) {
            var at = i;
            var parts = items.stream().filter(item -> item.index == at).toList();
            if (parts.stream().noneMatch(moved::contains)) {
                set.add(entry.set().get(i));
            } else {
                parts.stream().filter(part -> !moved.contains(part)).forEach(part -> set.add(part.item.json()));
            }
        }
        set.addAll(app.set());
        entry.locked().forEach(lock -> set.add(lock.item()));
        return Optional.of(new AppValues(
                entry.valuesFrom(),
                Optional.of(below).filter(values -> references() && !values.isEmpty()),
                app.references(),
                references() ? app.values() : Merge.values(below, app.values()),
                List.copyOf(set)));
    }

    /** The items of the entry's {@code set}, split so that only what has to is moved. */
    private List<EntryItem> items() {
        var items = new ArrayList<EntryItem>();
        for (var i = 0; i < entry.set().size(); i++) {
            for (var part : SetItem.of(entry.set().get(i)).split()) {
                items.add(new EntryItem(i, items.size(), part));
            }
        }
        return items;
    }

    /** Whether the app has values that are not known here, between those of the entry and its own. */
    private boolean references() {
        return !app.references().isEmpty();
    }

    private static Stream<ValuePath> paths(SetItem item) {
        return item.paths().stream().flatMap(List::stream);
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

    /** Those that have to be below the app's values, with those before them on the same path. */
    private List<EntryItem> moved(List<EntryItem> items, List<WrittenValue> written) {
        var moved = new ArrayList<EntryItem>();
        var paths = new ArrayList<ValuePath>();
        for (var each : items.reversed()) {
            var own = paths(each.item).toList();
            var overwritten = own.stream().anyMatch(path -> paths.stream().anyMatch(path::overlaps));
            if (each.item.literal()) {
                var known = each.item.paths().isPresent();
                if (references()
                        || overwritten
                        || written.stream()
                                .anyMatch(value -> !known || own.stream().anyMatch(value::changes))) {
                    moved.addFirst(each);
                    paths.addAll(own);
                }
            } else if (overwritten) {
                errors.add(
                        entry.path() + ".set[" + each.index + "]",
                        "comes from a Secret or ConfigMap and is followed by a value for the same path, which has to be below the"
                                + " values of " + app.path() + "; remove one of the two");
            }
        }
        return moved;
    }

    private Json.Obj entryValues(List<EntryItem> moved, List<WrittenValue> written) {
        var values = entry.values();
        var refused = new LinkedHashSet<FieldError>();
        for (var each : moved) {
            var over = each.item.over(values);
            var problem = over.isPresent() ? changed(each.item, values, written) : Optional.of(unread(each.item));
            problem.ifPresent(text -> refused.add(new FieldError(
                    entry.path() + ".set[" + each.index + "]",
                    "cannot be put below the values of " + app.path() + ", because it " + text)));
            values = over.orElse(values);
        }
        errors.addAll(refused);
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

    private static String unread(SetItem item) {
        return item.problem() + (item.assignments().isEmpty() ? "; write it into values" : "; remove one of the two");
    }

    /** Why an item would have another effect in values than in {@code set}, unless something else replaces it anyway. */
    private Optional<String> changed(SetItem item, Json.Obj values, List<WrittenValue> written) {
        var counting = item.assignments().stream()
                .flatMap(List::stream)
                .filter(one -> written.stream().noneMatch(value -> value.replaces(one.path()))
                        && entry.locked().stream().noneMatch(lock -> one.path().within(lock.path())))
                .toList();
        if (!entry.valuesFrom().isEmpty()
                && counting.stream()
                        .anyMatch(one -> one.indexed()
                                && !(values.at(one.path().keys().toArray(String[]::new))
                                                .orElse(Json.Obj.EMPTY)
                                        instanceof Json.Arr))) {
            return Optional.of(
                    "would replace the whole list, as far as valuesFrom has one; write the list into values");
        }
        return counting.stream().anyMatch(Assignment::large)
                ? Optional.of(
                        "has a whole number from 1000000 on, which charts would show as 1e+06; write it into values as a"
                                + " text, or lock it")
                : Optional.empty();
    }

    /**
     * An item of the entry's {@code set}, or a part of one.
     *
     * @param index of the item
     * @param order among all parts, which makes each another one
     */
    private record EntryItem(int index, int order, SetItem item) {}
}
