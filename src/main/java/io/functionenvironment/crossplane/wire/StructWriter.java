package io.functionenvironment.crossplane.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ListValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Struct;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import io.functionenvironment.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as the bytes of a {@code google.protobuf.Struct}, with keys in order and without building messages first.
 * Works from the end to the beginning: the length of a message precedes it, and is known only once it is written.
 */
final class StructWriter {
    /** The fields of an entry of a map. */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    private byte[] bytes = new byte[1024];
    /** How many bytes are written, at the end of the array. */
    private int size;

    /** Puts a field with a number before what is written. */
    StructWriter number(int field, int number) {
        varint(number);
        varint((field << 3) | WireFormat.WIRETYPE_VARINT);
        return this;
    }

    /** Puts a field with a Struct before what is written. */
    StructWriter struct(int field, Json.Obj object) {
        var after = size;
        if (StructCodec.message(object) instanceof Struct view) {
            message(view);
        } else {
            entries(object.fields());
        }
        return close(field, after);
    }

    ByteString written() {
        return UnsafeByteOperations.unsafeWrap(bytes, bytes.length - size, size);
    }

    private void entries(Map<String, Json> fields) {
        var keys = fields.keySet().toArray(String[]::new);
        Arrays.sort(keys);
        for (var i = keys.length - 1; i >= 0; i--) {
            var after = size;
            if (fields.get(keys[i]) instanceof Json value) {
                value(VALUE, value);
            }
            text(KEY, keys[i]);
            close(Struct.FIELDS_FIELD_NUMBER, after);
        }
    }

    private void value(int field, Json json) {
        var after = size;
        switch (json) {
            case Json.Obj object -> struct(Value.STRUCT_VALUE_FIELD_NUMBER, object);
            case Json.Arr array -> list(Value.LIST_VALUE_FIELD_NUMBER, array);
            case Json.Text(var text) -> text(Value.STRING_VALUE_FIELD_NUMBER, text);
            case Json.Num(var number) -> real(Value.NUMBER_VALUE_FIELD_NUMBER, number);
            case Json.Bool(var bool) -> number(Value.BOOL_VALUE_FIELD_NUMBER, bool ? 1 : 0);
            case Json.Null() -> number(Value.NULL_VALUE_FIELD_NUMBER, 0);
        }
        close(field, after);
    }

    private void list(int field, Json.Arr array) {
        var after = size;
        if (StructCodec.message(array) instanceof ListValue view) {
            message(view);
        } else {
            List<Json> items = array.items();
            for (var i = items.size() - 1; i >= 0; i--) {
                value(ListValue.VALUES_FIELD_NUMBER, items.get(i));
            }
        }
        close(field, after);
    }

    private void text(int field, String text) {
        var after = size;
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var at = before(utf8.length);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        close(field, after);
    }

    private void real(int field, double number) {
        var bits = Double.doubleToRawLongBits(number);
        var at = before(Long.BYTES);
        for (var i = 0; i < Long.BYTES; i++) {
            bytes[at + i] = (byte) (bits >>> (i * Byte.SIZE));
        }
        varint((field << 3) | WireFormat.WIRETYPE_FIXED64);
    }

    /** A message that came in, with the entries of its maps in the order of their keys. */
    private void message(MessageLite message) {
        var count = message.getSerializedSize();
        var at = before(count);
        var out = CodedOutputStream.newInstance(bytes, at, count);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("there is room for the whole message", impossible);
        }
    }

    /** Makes one field of everything before the last so many bytes. */
    private StructWriter close(int field, int after) {
        varint(size - after);
        varint((field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return this;
    }

    private void varint(int value) {
        var at = before(CodedOutputStream.computeUInt32SizeNoTag(value));
        var left = value;
        while ((left & ~0x7f) != 0) {
            bytes[at++] = (byte) ((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        bytes[at] = (byte) left;
    }

    /** Makes room before what is written, and says where it begins. */
    private int before(int count) {
        if (size + count > bytes.length) {
            var larger = new byte[Math.max(2 * bytes.length, size + count)];
            System.arraycopy(bytes, bytes.length - size, larger, larger.length - size, size);
            bytes = larger;
        }
        size += count;
        return bytes.length - size;
    }
}
