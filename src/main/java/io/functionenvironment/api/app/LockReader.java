package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads which values of a catalog entry are locked. */
final class LockReader {
    private static final Pattern PATH = Pattern.compile("(?s).{1,512}");
    private static final String ALLOWED =
            "keys separated by dots, like auth.password, with a backslash before a dot in a key";
    private static final int MAX_LOCKS = 64;
    private static final int MAX_SHOWN = 8;

    private LockReader() {}

    /**
     * @param set the items of the entry's {@code set}
     * @param valid whether the entry has no other error; otherwise it is not known which values it has
     */
    static List<Lock> read(FieldReader entry, Json.Obj values, List<Json> set, boolean valid) {
        var items = entry.field("locked").items(MAX_LOCKS);
        if (items.isEmpty()) {
            return List.of();
        }
        var whole = valid ? whole(entry, values, set) : Optional.<Json.Obj>empty();
        var paths = items.stream().map(LockReader::path).toList();
        var locks = new ArrayList<Lock>();
        for (var i = 0; i < items.size(); i++) {
            var path = paths.get(i);
            if (path.isPresent() && whole.isPresent() && !repeats(items, paths, i)) {
                lock(items.get(i), path.get(), whole.get(), SetItem.of(set)).ifPresent(locks::add);
            }
        }
        return List.copyOf(locks);
    }

    private static Optional<ValuePath> path(FieldReader item) {
        return item.required(ALLOWED).text(PATH, ALLOWED).flatMap(text -> {
            var parsed = ValuePath.parse(text);
            if (parsed.isEmpty()) {
                item.error(
                        "is " + Redaction.of(text) + "; must be " + ALLOWED + "; a list can only be locked as a whole");
            }
            return parsed;
        });
    }

    /** Whether another lock includes one, which is then an error. */
    private static boolean repeats(List<FieldReader> items, List<Optional<ValuePath>> paths, int own) {
        var path = paths.get(own).orElseThrow();
        for (var i = 0; i < items.size(); i++) {
            var other = paths.get(i).filter(path::within);
            if (i != own && other.isPresent() && (i < own || !other.get().equals(path))) {
                items.get(own)
                        .error((other.get().equals(path) ? "repeats" : "is within") + " locked[" + i + "]; remove it");
                return true;
            }
        }
        return false;
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
                                    item.assignments().isEmpty()
                                            ? "cannot be read exactly, which an entry with locked values requires; write it into"
                                                    + " values"
                                            : item.problem() + "; remove one of the two");
                }
            }
        }
        return whole;
    }

    private static Optional<Lock> lock(FieldReader at, ValuePath path, Json.Obj whole, List<SetItem> set) {
        var is = "is " + Redaction.of(path.toString());
        var value = whole.at(path.keys().toArray(String[]::new));
        var secret = IntStream.range(0, set.size())
                .filter(i -> !set.get(i).literal()
                        && set.get(i).paths().stream().flatMap(List::stream).anyMatch(path::overlaps))
                .mapToObj(i -> "set[" + i + "]")
                .findFirst();
        if (secret.isPresent()) {
            at.error(
                    value.isPresent()
                            ? is + ", which is also set from a Secret or ConfigMap in " + secret.get()
                                    + "; remove one of the two"
                            : is + ", which comes from a Secret or ConfigMap in " + secret.get()
                                    + "; such a value cannot be locked; remove the lock");
            return Optional.empty();
        }
        if (value.isEmpty()) {
            at.error(is + ", but the entry gives no value there; set one in values, or remove the lock");
            return Optional.empty();
        }
        if (value.get() instanceof Json.Obj object && !object.isEmpty()) {
            var leaves = leaves(path, object).toList();
            at.error(is + ", which is an object, and apps could add keys to it; lock what is in it instead: "
                    + leaves.stream()
                            .limit(MAX_SHOWN)
                            .map(leaf -> Redaction.of(leaf.toString()))
                            .collect(Collectors.joining(", "))
                    + (leaves.size() > MAX_SHOWN ? ", …" : ""));
            return Optional.empty();
        }
        var item = SetItem.exactly(path, value.get());
        if (item.isEmpty()) {
            at.error("locks " + Redaction.of(path.toString()) + ", which is " + found(path, value.get())
                    + "; helm --set, which puts locked values above all others, cannot express it exactly; must be a whole"
                    + " number, true, false, a string that does not look like one of these, or a list of them");
        }
        return item.map(some -> new Lock(path, some.json()));
    }

    private static Stream<ValuePath> leaves(ValuePath path, Json value) {
        return value instanceof Json.Obj(var fields) && !fields.isEmpty()
                ? new TreeMap<>(fields)
                        .entrySet().stream().flatMap(entry -> leaves(path.child(entry.getKey()), entry.getValue()))
                : Stream.of(path);
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
