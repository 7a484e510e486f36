package io.functionenvironment.json;

import java.util.Collection;
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

    /**
     * One field of an object that is written out.
     *
     * @param value empty leaves the field out
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

    /** The same value without a reference to the message that it may be a view of. */
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
