package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Of which type Helm values are. Objects and lists grow while items of {@code set} are read. */
sealed interface Shape {
    record Scalar() implements Shape {}

    record Null() implements Shape {}

    record Fields(Map<String, Shape> byKey) implements Shape {
        Fields() {
            this(new HashMap<>());
        }

        Optional<Shape> at(String key) {
            return Optional.ofNullable(byKey.get(key));
        }

        boolean isEmpty() {
            return byKey.isEmpty();
        }

        /** Helm ignores a value with an empty key. */
        void put(String key, Shape value) {
            if (!key.isEmpty()) {
                byKey.put(key, value);
            }
        }
    }

    /** A list without the nulls in it, which mean as much as missing items. */
    record Items(Map<Integer, Shape> byIndex) implements Shape {
        Items() {
            this(new HashMap<>());
        }

        Optional<Shape> at(int index) {
            return Optional.ofNullable(byIndex.get(index));
        }

        void put(int index, Shape value) {
            if (value instanceof Null) {
                byIndex.remove(index);
            } else {
                byIndex.put(index, value);
            }
        }
    }

    /** The shape of a word behind {@code =}. */
    static Shape scalar(String word) {
        return word.equalsIgnoreCase("null") ? new Null() : new Scalar();
    }

    /** The shape of an object without its nulls. */
    static Fields fields(Json.Obj object) {
        var fields = new Fields();
        object.fields().forEach((key, json) -> {
            if (!(json instanceof Json.Null)) {
                fields.byKey.put(key, of(json));
            }
        });
        return fields;
    }

    private static Shape of(Json json) {
        return switch (json) {
            case Json.Obj object -> fields(object);
            case Json.Arr(var list) -> {
                var items = new Items();
                for (var i = 0; i < list.size(); i++) {
                    items.put(i, of(list.get(i)));
                }
                yield items;
            }
            case Json.Null ignored -> new Null();
            case Json.Text ignored -> new Scalar();
            case Json.Num ignored -> new Scalar();
            case Json.Bool ignored -> new Scalar();
        };
    }
}
