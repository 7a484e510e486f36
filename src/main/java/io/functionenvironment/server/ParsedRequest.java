package io.functionenvironment.server;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.functionenvironment.proto.packed.PackedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The outcome of reading a request.
 *
 * @param request empty if the bytes are not a request
 */
record ParsedRequest(Optional<PackedRequest> request) {
    /**
     * Each level of an object is three messages, so protobuf's default of 100 allows about 30 levels. Values and schemas may
     * have more. Parsing this many uses a small part of a thread's stack.
     */
    static final int MOST_NESTED = 500;

    private static final int META = PackedRequest.META_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /**
     * Reads a request. What it passes on, and the Secrets in it, are slices of the bytes rather than copies.
     *
     * @param bytes must not change afterwards
     */
    static ParsedRequest of(byte[] bytes) {
        var in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        in.enableAliasing(true);
        in.setRecursionLimit(MOST_NESTED);
        try {
            var request = PackedRequest.parseFrom(in);
            in.checkLastTagWas(0); // Otherwise it ends a group that never began.
            return new ParsedRequest(Optional.of(request));
        } catch (InvalidProtocolBufferException unreadable) {
            return new ParsedRequest(Optional.empty());
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array can always be read", impossible);
        }
    }

    /** A request with nothing but the tag that its response has to repeat; empty if the bytes have no fields. */
    static Optional<PackedRequest> headOf(byte[] bytes) {
        var in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        var head = PackedRequest.newBuilder();
        try {
            for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == META) {
                    in.readMessage(head.getMetaBuilder(), ExtensionRegistryLite.getEmptyRegistry());
                } else {
                    in.skipField(tag);
                }
            }
            return Optional.of(head.build());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
