package io.functionenvironment.server;

import com.google.protobuf.CodedOutputStream;
import io.functionenvironment.proto.packed.PackedResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes responses with the entries of their maps in the order of keys. Crossplane sends maps in another order with each
 * call, but equal responses must be equal bytes. What is passed on packed keeps the order that its sender gave it.
 */
final class SortedMarshaller implements Marshaller<PackedResponse> {
    private final Marshaller<PackedResponse> reader = ProtoUtils.marshaller(PackedResponse.getDefaultInstance());

    @Override
    public InputStream stream(PackedResponse response) {
        return new Bytes(bytes(response));
    }

    @Override
    public PackedResponse parse(InputStream stream) {
        return reader.parse(stream);
    }

    static byte[] bytes(PackedResponse response) {
        var bytes = new byte[response.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            response.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("the array has the size of the response", impossible);
        }
        return bytes;
    }

    /** Gives gRPC the length and all bytes at once, which saves copying them piece by piece. */
    private static final class Bytes extends ByteArrayInputStream implements KnownLength, Drainable {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            var length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
