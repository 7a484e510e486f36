package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads which values of a catalog entry are locked. */
final class LockReader {
    private static final Pattern PATH = Pattern.compile("(?s).{1,512}");
    private static final String ALLOWED =
            "keys separated by dots, like auth.password, with a backslash before a dot in a key";
    private static final int MAX_LOCKS = 64;

    private LockReader() {}

    /** @param set the items of the entry's {@code set} */
    static List<Lock> read(FieldReader entry, Json.Obj values, List<Json> set) {
        var items = entry.field("locked").items(MAX_LOCKS);
        if (items.isEmpty()) {
            return List.of();
        }
        var whole = whole(entry, values, set);
        var locks = new ArrayList<Lock>();
        for (var item : items) {
            var path = item.required(ALLOWED).text(PATH, ALLOWED).flatMap(text -> {
                var parsed = ValuePath.parse(text);
                if (parsed.isEmpty()) {
                    item.error("is " + Redaction.of(text) + "; must be " + ALLOWED
                            + "; a list can only be locked as a whole");
                }
                return parsed;
            });
            if (path.isPresent() && whole.isPresent()) {
                lock(item, path.get(), whole.get()).ifPresent(locks::add);
            }
        }
        return List.copyOf(locks);
    }

    /** The values with those of {@code set} that are written in the entry; empty, with an error, if one is not understood. */
    private static Optional<Json.Obj> whole(FieldReader entry, Json.Obj values, List<Json> set) {
        var whole = Optional.of(values);
        for (var i = 0; i < set.size() && whole.isPresent(); i++) {
            var item = SetItem.of(set.get(i));
            if (item.literal()) {
                whole = item.over(whole.get());
                if (whole.isEmpty()) {
                    entry.field("set")
                            .items(Integer.MAX_VALUE)
                            .get(i)
                            .error(
                                    "cannot be read exactly, which an entry with locked values requires; write it into values");
                }
            }
        }
        return whole;
    }

    private static Optional<Lock> lock(FieldReader at, ValuePath path, Json.Obj whole) {
        var value = whole.at(path.keys().toArray(String[]::new));
        if (value.isEmpty()) {
            at.error("is " + Redaction.of(path.toString())
                    + ", but the entry gives no value there; set one in values, or remove the lock");
            return Optional.empty();
        }
        var set = new ArrayList<Json>();
        return leaves(at, path, value.get(), set) ? Optional.of(new Lock(path, List.copyOf(set))) : Optional.empty();
    }

    /** Adds the items that set a value; false, with an error, if none sets exactly this. */
    private static boolean leaves(FieldReader at, ValuePath path, Json value, List<Json> set) {
        if (value instanceof Json.Obj(var fields) && !fields.isEmpty()) {
            var all = true;
            for (var entry : new TreeMap<>(fields).entrySet()) {
                all &= leaves(at, path.child(entry.getKey()), entry.getValue(), set);
            }
            return all;
        }
        var item = SetItem.exactly(path, value);
        item.ifPresentOrElse(
                some -> set.add(some.json()),
                () -> at.error("locks " + Redaction.of(path.toString()) + ", which is " + found(path, value)
                        + "; helm --set, which puts locked values above all others, cannot express it exactly; must be a whole"
                        + " number, true, false, a string that does not look like one of these, or a list of them"));
        return item.isPresent();
    }

    private static String found(ValuePath path, Json value) {
        if (SetItem.exactly(path, new Json.Bool(true)).isEmpty()) {
            return "nested too deep or below an empty key";
        }
        return switch (value) {
            case Json.Text(var text) when text.isEmpty() -> "an empty string";
            case Json.Text ignored -> "a string that looks like a number, true, false or null";
            case Json.Num ignored -> "a number with a fraction";
            case Json.Obj ignored -> "an empty object";
            case Json.Arr(var items) when items.isEmpty() -> "an empty list";
            case Json.Arr ignored -> "a list with other items";
            case Json.Bool ignored -> "a boolean";
            case Json.Null ignored -> "null";
        };
    }
}
