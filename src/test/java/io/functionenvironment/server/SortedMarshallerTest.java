package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.ByteString;
import io.functionenvironment.proto.packed.PackedResponse;
import io.grpc.Drainable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SortedMarshallerTest {
    private final PackedResponse one = desired("a", "b");
    private final PackedResponse other = desired("b", "a");

    @Test
    void equalResponsesAreTheSameBytes() {
        assertNotEquals(one.toByteString(), other.toByteString(), "protobuf keeps the order in which keys came");
        assertArrayEquals(SortedMarshaller.bytes(one), SortedMarshaller.bytes(other));
    }

    @Test
    void whatIsPassedOnKeepsItsBytes() throws IOException {
        var bytes = ByteString.copyFromUtf8("not a message");
        var response = PackedResponse.newBuilder().addContext(bytes).addContext(bytes);
        response.getDesiredBuilder().putResources("a", bytes).addComposite(bytes);
        assertEquals(response.build(), PackedResponse.parseFrom(SortedMarshaller.bytes(response.build())));
    }

    @Test
    void aResponseIsReadBackAsItWasWritten() throws IOException {
        var marshaller = new SortedMarshaller();
        assertEquals(one, marshaller.parse(marshaller.stream(other)));
        var out = new ByteArrayOutputStream();
        var stream = marshaller.stream(other);
        assertEquals(other.getSerializedSize(), stream.available());
        ((Drainable) stream).drainTo(out);
        assertEquals(one, PackedResponse.parseFrom(out.toByteArray()));
    }

    private static PackedResponse desired(String... names) {
        var response = PackedResponse.newBuilder();
        for (var name : names) {
            response.getDesiredBuilder().putResources(name, ByteString.copyFromUtf8(name));
        }
        return response.build();
    }
}
