package io.functionenvironment.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as bytes, for content that protobuf's classes reject. */
final class RawMessage {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private RawMessage() {}

    /** A field with a message, text or bytes, which are encoded alike. */
    static ByteString field(int number, ByteString content) {
        var out = ByteString.newOutput();
        var coded = CodedOutputStream.newInstance(out);
        try {
            coded.writeBytes(number, content);
            coded.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory has room for every field", impossible);
        }
        return out.toByteString();
    }

    /** A field with one entry of a map. */
    static ByteString entry(int number, String key, ByteString value) {
        return field(number, field(KEY, ByteString.copyFromUtf8(key)).concat(field(VALUE, value)));
    }

    /** The values of a field, one for each occurrence. */
    static List<ByteString> values(ByteString message, int number) {
        try {
            return UnknownFieldSet.parseFrom(message).getField(number).getLengthDelimitedList();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("this is not a message", e);
        }
    }

    /** The value of a field: protobuf merges the occurrences of a message into one. */
    static ByteString value(ByteString message, int number) {
        return ByteString.copyFrom(values(message, number));
    }

    static Map<String, ByteString> map(ByteString message, int number) {
        var map = new TreeMap<String, ByteString>();
        values(message, number).forEach(entry -> map.put(value(entry, KEY).toStringUtf8(), value(entry, VALUE)));
        return map;
    }
}
