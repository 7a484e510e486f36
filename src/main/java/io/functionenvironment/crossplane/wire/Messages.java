package io.functionenvironment.crossplane.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Between messages and their bytes. */
final class Messages {
    private Messages() {}

    /** The bytes of a message, with the entries of every map in the order of their keys. */
    static ByteString ordered(MessageLite message) {
        var bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("the array has the size of the message", impossible);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static <M> M parse(ByteString bytes, Parser<M> parser, int mostNested) throws InvalidProtocolBufferException {
        var in = bytes.newCodedInput();
        in.setRecursionLimit(mostNested);
        var message = parser.parseFrom(in);
        in.checkLastTagWas(0); // Otherwise it ends a group that never began.
        return message;
    }

    /** A message as another type whose bytes are the same. It exists already, so its depth needs no limit. */
    static <M> M retyped(MessageLite message, Parser<M> parser) {
        try {
            return parse(message.toByteString(), parser, Integer.MAX_VALUE);
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException("something that is passed on is not a message", unreadable);
        }
    }
}
