package io.functionenvironment.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Immutable; equal by content. Numbers are doubles, as in {@code google.protobuf.Struct}. */
public sealed interface Json {

    /**
     * An object.
     *
     * @param fields never changed after construction. The map may be a lazy view of a packed message, so that values which
     *     are only passed on are never unpacked
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

    /**
     * One field of an object that is being built.
     *
     * @param value empty omits the field
     */
    record Field(String key, Optional<? extends Json> value) {}

    static Field field(String key, Json value) {
        return new Field(key, Optional.of(value));
    }

    static Field field(String key, String value) {
        return field(key, new Text(value));
    }

    static Field field(String key, boolean value) {
        return field(key, new Bool(value));
    }

    static Field field(String key, long value) {
        return field(key, new Num(value));
    }

    static Field field(String key, List<? extends Json> items) {
        return field(key, new Arr(List.copyOf(items)));
    }

    static Field field(String key, Optional<? extends Json> value) {
        return new Field(key, value);
    }

    /** A text field that may be absent. */
    static Field text(String key, Optional<String> value) {
        return new Field(key, value.map(Text::new));
    }

    /** A number that may be absent. */
    static Field number(String key, Optional<? extends Number> value) {
        return new Field(key, value.map(number -> new Num(number.doubleValue())));
    }

    /** A field that is true, or absent. */
    static Field flag(String key, boolean on) {
        return new Field(key, on ? Optional.of(new Bool(true)) : Optional.empty());
    }

    /** A list, or absent if it is empty. */
    static Field items(String key, List<Json> items) {
        return new Field(key, items.isEmpty() ? Optional.empty() : Optional.of(new Arr(items)));
    }

    /** An object, or absent if it is empty. */
    static Field fields(String key, Obj object) {
        return new Field(key, object.isEmpty() ? Optional.empty() : Optional.of(object));
    }

    /** A list of texts. */
    static Field texts(String key, Collection<String> values) {
        return field(key, texts(values));
    }

    /** An object of these fields, in this order. */
    static Obj obj(Field... fields) {
        var present = new LinkedHashMap<String, Json>(fields.length);
        for (var field : fields) {
            field.value().ifPresent(value -> present.put(field.key(), value));
        }
        return new Obj(present);
    }

    static Arr arr(Json... items) {
        return new Arr(List.of(items));
    }

    /** An object whose values are texts. */
    static Obj texts(Map<String, String> values) {
        var fields = LinkedHashMap.<String, Json>newLinkedHashMap(values.size());
        values.forEach((key, value) -> fields.put(key, new Text(value)));
        return new Obj(fields);
    }

    static Arr texts(String... values) {
        return texts(List.of(values));
    }

    static Arr texts(Collection<String> values) {
        return new Arr(values.stream().<Json>map(Text::new).toList());
    }

    /** The value at a path of keys; empty if a key is missing, or the value is null. */
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

    /** The text at a path; empty if the value is of another type. */
    default Optional<String> text(String... path) {
        return at(path).flatMap(json -> json instanceof Text(var value) ? Optional.of(value) : Optional.empty());
    }

    /** The number at a path; empty if the value is of another type. */
    default Optional<Double> number(String... path) {
        return at(path).flatMap(json -> json instanceof Num(var value) ? Optional.of(value) : Optional.empty());
    }

    /** Whether the value at a path is the boolean true. */
    default boolean isTrue(String... path) {
        return at(path).filter(new Bool(true)::equals).isPresent();
    }

    /** The object at a path; an empty one if there is none. */
    default Obj object(String... path) {
        return at(path).flatMap(json -> json instanceof Obj obj ? Optional.of(obj) : Optional.empty())
                .orElse(Obj.EMPTY);
    }

    /** The items of the list at a path; none if there is no list. */
    default List<Json> items(String... path) {
        return at(path).map(json -> json instanceof Arr(var items) ? items : List.<Json>of())
                .orElse(List.of());
    }

    /** The same value, without a reference to the packed message that it may be a view of. */
    default Json copy() {
        return switch (this) {
            case Obj(var fields) -> {
                var copy = LinkedHashMap.<String, Json>newLinkedHashMap(fields.size());
                fields.forEach((key, value) -> copy.put(key, value.copy()));
                yield new Obj(copy);
            }
            case Arr(var items) -> new Arr(items.stream().map(Json::copy).toList());
            case Text ignored -> this;
            case Num ignored -> this;
            case Bool ignored -> this;
            case Null ignored -> this;
        };
    }

    /** The type of this value, in words for error messages. */
    default String kind() {
        return switch (this) {
            case Obj ignored -> "an object";
            case Arr ignored -> "a list";
            case Text ignored -> "a string";
            case Num ignored -> "a number";
            case Bool ignored -> "a boolean";
            case Null ignored -> "null";
        };
    }
}
