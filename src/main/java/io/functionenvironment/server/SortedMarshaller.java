package io.functionenvironment.server;

import com.google.protobuf.CodedOutputStream;
import io.functionenvironment.proto.v1.RunFunctionResponse;
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
 * Writes answers with the keys of every map in order. What is only passed on comes in whatever order Crossplane's language
 * gives to maps, which is another with each call; the same answer is to be the same bytes all the same.
 */
final class SortedMarshaller implements Marshaller<RunFunctionResponse> {
    private final Marshaller<RunFunctionResponse> reader =
            ProtoUtils.marshaller(RunFunctionResponse.getDefaultInstance());

    @Override
    public InputStream stream(RunFunctionResponse response) {
        return new Bytes(bytes(response));
    }

    @Override
    public RunFunctionResponse parse(InputStream stream) {
        return reader.parse(stream);
    }

    static byte[] bytes(RunFunctionResponse response) {
        var bytes = new byte[response.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            response.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array has room for what was measured", impossible);
        }
        return bytes;
    }

    /** Tells gRPC its length and hands over its bytes at once, which saves it from copying them piece by piece. */
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
