package io.functionenvironment.crossplane.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.json.Json;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts between {@code google.protobuf.Struct} and JSON. JSON made here is a view: nothing is converted before it is read,
 * and what nobody reads is written as the message that came in.
 */
public final class StructCodec {
    private StructCodec() {}

    public static Json.Obj tree(Struct struct) {
        return new Json.Obj(new Fields(struct));
    }

    /** The message of which JSON is a view; null if it is not a view. */
    static @Nullable MessageLite message(Json tree) {
        return switch (tree) {
            case Json.Obj(Fields view) -> view.struct;
            case Json.Arr(Items view) -> view.list;
            default -> null;
        };
    }

    public static Struct struct(Json.Obj tree) {
        if (tree.fields() instanceof Fields view) {
            return view.struct;
        }
        var struct = Struct.newBuilder();
        tree.fields().forEach((key, value) -> struct.putFields(key, value(value)));
        return struct.build();
    }

    private static Value value(Json tree) {
        var value = Value.newBuilder();
        switch (tree) {
            case Json.Obj obj -> value.setStructValue(struct(obj));
            case Json.Arr(Items view) -> value.setListValue(view.list);
            case Json.Arr(var items) -> {
                var list = ListValue.newBuilder();
                items.forEach(item -> list.addValues(value(item)));
                value.setListValue(list);
            }
            case Json.Text(var text) -> value.setStringValue(text);
            case Json.Num(var number) -> value.setNumberValue(number);
            case Json.Bool(var bool) -> value.setBoolValue(bool);
            case Json.Null() -> value.setNullValue(NullValue.NULL_VALUE);
        }
        return value.build();
    }

    private static Json tree(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> tree(value.getStructValue());
            case LIST_VALUE -> new Json.Arr(new Items(value.getListValue()));
            case STRING_VALUE -> new Json.Text(value.getStringValue());
            case NUMBER_VALUE -> new Json.Num(value.getNumberValue());
            case BOOL_VALUE -> new Json.Bool(value.getBoolValue());
            case NULL_VALUE, KIND_NOT_SET -> new Json.Null();
        };
    }

    /** Whether a message contains the same as JSON, without a conversion of the message. */
    private static boolean same(Value value, Json json) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> json instanceof Json.Obj(var fields) && same(value.getStructValue(), fields);
            case LIST_VALUE -> json instanceof Json.Arr(var items) && same(value.getListValue(), items);
            case STRING_VALUE -> json instanceof Json.Text(var text) && text.equals(value.getStringValue());
            case NUMBER_VALUE, BOOL_VALUE, NULL_VALUE, KIND_NOT_SET ->
                tree(value).equals(json);
        };
    }

    private static boolean same(Struct struct, Map<?, ?> fields) {
        for (var field : struct.getFieldsMap().entrySet()) {
            if (!(fields.get(field.getKey()) instanceof Json json) || !same(field.getValue(), json)) {
                return false;
            }
        }
        return struct.getFieldsCount() == fields.size();
    }

    private static boolean same(ListValue list, List<Json> items) {
        var same = list.getValuesCount() == items.size();
        for (var i = 0; same && i < items.size(); i++) {
            same = same(list.getValues(i), items.get(i));
        }
        return same;
    }

    /** The first access converts all fields of this level, because most accesses are followed by more. */
    private static final class Fields extends AbstractMap<String, Json> {
        private final Struct struct;
        private @Nullable Map<String, Json> seen;

        Fields(Struct struct) {
            this.struct = struct;
        }

        @Override
        public @Nullable Json get(Object key) {
            return seen().get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return struct.getFieldsMap().containsKey(key);
        }

        @Override
        public int size() {
            return struct.getFieldsCount();
        }

        @Override
        public Set<Entry<String, Json>> entrySet() {
            return seen().entrySet();
        }

        /** As for any map. Settings are compared in each call and seldom change, so they are not converted for that. */
        @Override
        public boolean equals(@Nullable Object other) {
            return (seen == null && other instanceof Map<?, ?> map) ? same(struct, map) : super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }

        private Map<String, Json> seen() {
            var fields = seen;
            if (fields == null) {
                var trees = LinkedHashMap.<String, Json>newLinkedHashMap(struct.getFieldsCount());
                struct.getFieldsMap().forEach((key, value) -> trees.put(key, tree(value)));
                // Threads may read at the same time. Each map that they see is complete, as its wrapper has a final
                // field.
                fields = Collections.unmodifiableMap(trees);
                seen = fields;
            }
            return fields;
        }
    }

    private static final class Items extends AbstractList<Json> {
        private final ListValue list;
        private @Nullable List<Json> seen;

        Items(ListValue list) {
            this.list = list;
        }

        @Override
        public Json get(int index) {
            var items = seen;
            if (items == null) {
                items = list.getValuesList().stream().map(StructCodec::tree).toList();
                seen = items;
            }
            return items.get(index);
        }

        @Override
        public int size() {
            return list.getValuesCount();
        }
    }
}
