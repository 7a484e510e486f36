package io.functionenvironment.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.functionenvironment.proto.packed.PackedRequest;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The outcome of reading a request. A marshaller that throws would make gRPC answer UNKNOWN and log a fault of the function,
 * so bytes that cannot be read are an outcome too.
 *
 * @param request empty if the bytes are not a request
 */
record ParsedRequest(Optional<PackedRequest> request) {
    /**
     * Each level of an object is three messages, so protobuf's default of 100 allows about 30 levels. Values and schemas may
     * have more. Parsing this many uses a small part of a thread's stack.
     */
    static final int MOST_NESTED = 500;

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

    /** Reads requests from the network. */
    record Reader() implements Marshaller<ParsedRequest> {
        @Override
        public InputStream stream(ParsedRequest parsed) {
            return new ByteArrayInputStream(parsed.request()
                    .orElseGet(PackedRequest::getDefaultInstance)
                    .toByteArray());
        }

        @Override
        public ParsedRequest parse(InputStream stream) {
            try {
                return of(bytes(stream));
            } catch (IOException cut) {
                return new ParsedRequest(Optional.empty());
            }
        }

        /** Without a known length, as when the request is compressed, the bytes are copied while they are gathered. */
        private static byte[] bytes(InputStream stream) throws IOException {
            if (!(stream instanceof KnownLength)) {
                return stream.readAllBytes();
            }
            var bytes = new byte[stream.available()];
            stream.readNBytes(bytes, 0, bytes.length);
            return bytes;
        }
    }
}
