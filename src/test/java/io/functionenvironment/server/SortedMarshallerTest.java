package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.Struct;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.Drainable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SortedMarshallerTest {
    private final RunFunctionResponse one = context("a", "b");
    private final RunFunctionResponse other = context("b", "a");

    @Test
    void equalAnswersAreTheSameBytes() {
        assertNotEquals(one.toByteString(), other.toByteString(), "protobuf keeps the order of keys as it came");
        assertArrayEquals(SortedMarshaller.bytes(one), SortedMarshaller.bytes(other));
    }

    @Test
    void anAnswerComesBackAsItWentOutHoweverItIsRead() throws IOException {
        var marshaller = new SortedMarshaller();
        assertEquals(one, marshaller.parse(marshaller.stream(other)));
        var out = new ByteArrayOutputStream();
        var stream = marshaller.stream(other);
        assertEquals(other.getSerializedSize(), stream.available());
        ((Drainable) stream).drainTo(out);
        assertEquals(one, RunFunctionResponse.parseFrom(out.toByteArray()));
    }

    private static RunFunctionResponse context(String... keys) {
        var struct = Struct.newBuilder();
        for (var key : keys) {
            struct.putFields(key, Requests.text(key));
        }
        return RunFunctionResponse.newBuilder().setContext(struct).build();
    }
}
