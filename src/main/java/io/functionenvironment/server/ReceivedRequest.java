package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.server.limits.RequestSize;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes of a request. They are parsed only when there is memory for what they contain. */
final class ReceivedRequest {
    /** No field has the number 0. */
    private static final ReceivedRequest UNREADABLE = new ReceivedRequest(new byte[1]);

    private final byte[] bytes;

    /** @param bytes must not change afterwards */
    ReceivedRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    RequestSize size() {
        return RequestSize.of(bytes);
    }

    ParsedRequest parsed() {
        return ParsedRequest.of(bytes);
    }

    /** The request without anything but its tag, see {@link ParsedRequest#headOf}. */
    Optional<PackedRequest> head() {
        return ParsedRequest.headOf(bytes);
    }

    /** Reads requests from the network. */
    record Reader() implements Marshaller<ReceivedRequest> {
        @Override
        public InputStream stream(ReceivedRequest request) {
            return new ByteArrayInputStream(request.bytes);
        }

        @Override
        public ReceivedRequest parse(InputStream stream) {
            try {
                return new ReceivedRequest(read(stream));
            } catch (IOException cut) {
                // A marshaller that throws would make gRPC answer UNKNOWN and log a fault of the function.
                return UNREADABLE;
            }
        }

        /** Without a known length, as when the request is compressed, the bytes are copied while they are gathered. */
        private static byte[] read(InputStream stream) throws IOException {
            if (!(stream instanceof KnownLength)) {
                return stream.readAllBytes();
            }
            var bytes = new byte[stream.available()];
            stream.readNBytes(bytes, 0, bytes.length);
            return bytes;
        }
    }
}
