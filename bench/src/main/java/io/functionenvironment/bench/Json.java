package io.functionenvironment.bench;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Structs from plain maps and lists. */
final class Json {
    private Json() {}

    /** A map of alternating keys and values. */
    static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static Struct struct(Map<?, ?> map) {
        var struct = Struct.newBuilder();
        map.forEach((key, value) -> struct.putFields((String) key, value(value)));
        return struct.build();
    }

    /** Objects are merged key by key; of anything else the second counts. */
    static Struct merged(Struct under, Struct over) {
        var merged = under.toBuilder();
        over.getFieldsMap().forEach((key, value) -> {
            var below = under.getFieldsOrDefault(key, Value.getDefaultInstance());
            merged.putFields(
                    key,
                    below.hasStructValue() && value.hasStructValue()
                            ? Value.newBuilder()
                                    .setStructValue(merged(below.getStructValue(), value.getStructValue()))
                                    .build()
                            : value);
        });
        return merged.build();
    }

    private static Value value(Object value) {
        return switch (value) {
            case Value ready -> ready;
            case String text -> Value.newBuilder().setStringValue(text).build();
            case Number number ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case Boolean bool -> Value.newBuilder().setBoolValue(bool).build();
            case Map<?, ?> map -> Value.newBuilder().setStructValue(struct(map)).build();
            case List<?> list -> {
                var values = ListValue.newBuilder();
                list.forEach(item -> values.addValues(value(item)));
                yield Value.newBuilder().setListValue(values).build();
            }
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
        };
    }
}
