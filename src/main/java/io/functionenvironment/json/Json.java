package io.functionenvironment.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Immutable; equal by content. Numbers are doubles, as they are in {@code google.protobuf.Struct}. */
public sealed interface Json {

    /**
     * An object. The map may be a lazy view of a packed message, so that values which are only passed on are never
     * unpacked; whoever makes one promises not to change it afterwards.
     */
    record Obj(Map<String, Json> fields) implements Json {
        public static final Obj EMPTY = new Obj(Map.of());

        public boolean isEmpty() {
            return fields.isEmpty();
        }
    }

    record Arr(List<Json> items) implements Json {}

    record Text(String value) implements Json {}

    record Num(double value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /** An object of alternating keys and values; see {@link #of} for what a value may be. Absent values are left out. */
    static Obj obj(Object... keysAndValues) {
        var fields = new LinkedHashMap<String, Json>(keysAndValues.length);
        for (var i = 0; i < keysAndValues.length; i += 2) {
            var value = keysAndValues[i + 1];
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                value = optional.get();
            }
            fields.put((String) keysAndValues[i], of(value));
        }
        return new Obj(fields);
    }

    static Arr arr(Object... items) {
        return (Arr) of(List.of(items));
    }

    /** The tree of a tree, text, number, boolean, map with text keys, or collection of these. */
    static Json of(Object value) {
        return switch (value) {
            case Json tree -> tree;
            case String text -> new Text(text);
            case Number number -> new Num(number.doubleValue());
            case Boolean bool -> new Bool(bool);
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Json>();
                map.forEach((key, item) -> fields.put((String) key, of(item)));
                yield new Obj(fields);
            }
            case Iterable<?> items -> {
                var list = new java.util.ArrayList<Json>();
                items.forEach(item -> list.add(of(item)));
                yield new Arr(List.copyOf(list));
            }
            default -> throw new IllegalArgumentException("no tree for a " + value.getClass());
        };
    }

    /** What stands at a path of keys; empty where anything on the way is missing, null or no object. */
    default Optional<Json> at(String... path) {
        var here = this;
        for (var key : path) {
            if (!(here instanceof Obj(var fields)) || !(fields.get(key) instanceof Json next)) {
                return Optional.empty();
            }
            here = next;
        }
        return here instanceof Null ? Optional.empty() : Optional.of(here);
    }

    default Optional<String> text(String... path) {
        return at(path).flatMap(tree -> tree instanceof Text(var value) ? Optional.of(value) : Optional.empty());
    }

    default Optional<Double> number(String... path) {
        return at(path).flatMap(tree -> tree instanceof Num(var value) ? Optional.of(value) : Optional.empty());
    }

    default boolean isTrue(String... path) {
        return at(path).filter(new Bool(true)::equals).isPresent();
    }

    /** The object at a path; an empty one where there is none. */
    default Obj object(String... path) {
        return at(path).flatMap(tree -> tree instanceof Obj obj ? Optional.of(obj) : Optional.empty())
                .orElse(Obj.EMPTY);
    }

    /** The items of the list at a path; none where there is no list. */
    default List<Json> items(String... path) {
        return at(path).map(tree -> tree instanceof Arr(var items) ? items : List.<Json>of())
                .orElse(List.of());
    }

    /** What this is, as a person would say it. */
    default String kind() {
        return switch (this) {
            case Obj ignored -> "an object";
            case Arr ignored -> "a list";
            case Text ignored -> "text";
            case Num ignored -> "a number";
            case Bool ignored -> "true or false";
            case Null ignored -> "null";
        };
    }
}
