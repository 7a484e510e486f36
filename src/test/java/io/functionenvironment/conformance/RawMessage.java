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

/** Messages as bytes, for content that protobuf's classes would refuse. */
final class RawMessage {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private RawMessage() {}

    /** A field that holds a message, text or bytes: they look the same. */
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

    /** A field that holds one entry of a map. */
    static ByteString entry(int number, String key, ByteString value) {
        return field(number, field(KEY, ByteString.copyFromUtf8(key)).concat(field(VALUE, value)));
    }

    /** What a field holds, as often as it occurs. */
    static List<ByteString> values(ByteString message, int number) {
        try {
            return UnknownFieldSet.parseFrom(message).getField(number).getLengthDelimitedList();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("this is not a message", e);
        }
    }

    /** What a field holds in all. Protobuf reads the parts of a message that arrive apart as one. */
    static ByteString value(ByteString message, int number) {
        return ByteString.copyFrom(values(message, number));
    }

    static Map<String, ByteString> map(ByteString message, int number) {
        var map = new TreeMap<String, ByteString>();
        values(message, number).forEach(entry -> map.put(value(entry, KEY).toStringUtf8(), value(entry, VALUE)));
        return map;
    }
}
