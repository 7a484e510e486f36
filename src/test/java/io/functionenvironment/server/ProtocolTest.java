package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.State;
import io.functionenvironment.proto.v1beta1.FunctionRunnerServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProtocolTest {
    private static final String UNREADABLE =
            "cannot read the request: it is not a RunFunctionRequest, is cut short, contains text that is not UTF-8, or nests"
                    + " more than 500 messages, which is about 166 levels of an object; nest values less deeply";

    private final AtomicReference<PackedRequest> received = new AtomicReference<>(PackedRequest.getDefaultInstance());
    private final Served served;

    ProtocolTest() throws IOException {
        served = Served.of(this::receive);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private PackedResponse receive(PackedRequest request) {
        received.set(request);
        return Requests.passOn(request);
    }

    @Test
    void answersUnderTheNewName() {
        assertEquals(Requests.passOn(Requests.request()), served.call(Requests.request()));
        assertEquals(Requests.packed(), received.get());
    }

    @Test
    void answersUnderTheOldName() throws IOException {
        var request = io.functionenvironment.proto.v1beta1.RunFunctionRequest.parseFrom(
                Requests.request().toByteString());
        var response = FunctionRunnerServiceGrpc.newBlockingStub(served.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .runFunction(request);
        assertEquals(Requests.passOn(Requests.request()), RunFunctionResponse.parseFrom(response.toByteString()));
        assertEquals(Requests.packed(), received.get());
    }

    @Test
    void acceptsDeeplyNestedValues() {
        var request = Requests.request().toBuilder().setInput(nested(100)).build();
        served.call(request);
        assertEquals(Requests.packed(request), received.get());
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNotARequest() {
        var notUtf8 = Requests.request().toBuilder();
        notUtf8.setUnknownFields(field(1, field(1, 0xff).toByteString()));
        var refusal = assertThrows(StatusRuntimeException.class, () -> served.call(notUtf8.build()));
        assertEquals("INTERNAL: " + UNREADABLE, refusal.getMessage());
        assertFatal(Requests.request().toBuilder().setInput(nested(200)).build());
        var observed = field(State.COMPOSITE_FIELD_NUMBER, field(1, 0xff).toByteString())
                .toByteString();
        assertFatal(Requests.request().toBuilder()
                .setUnknownFields(field(RunFunctionRequest.OBSERVED_FIELD_NUMBER, observed))
                .build());
        assertFalse(served.log().contains("\"level\":\"error\""), served.log());
    }

    /** Where the tag can be read, there is a response that Crossplane shows. */
    private void assertFatal(RunFunctionRequest request) {
        var response = served.call(request);
        assertEquals("tag-1", response.getMeta().getTag());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertEquals(UNREADABLE, response.getResults(0).getMessage());
    }

    @Test
    void refusesARequestThatIsTooLong() {
        var filler = Requests.text("x".repeat(Served.MAX_REQUEST_BYTES));
        var request = Requests.request().toBuilder()
                .setInput(Struct.newBuilder().putFields("filler", filler))
                .build();
        var refusal = assertThrows(StatusRuntimeException.class, () -> served.call(request));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
    }

    private static Struct nested(int levels) {
        var value = Requests.text("bottom");
        for (var depth = 0; depth < levels; depth++) {
            value = Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putFields("down", value))
                    .build();
        }
        return Struct.newBuilder().putFields("top", value).build();
    }

    private static UnknownFieldSet field(int number, int... bytes) {
        var content = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return field(number, ByteString.copyFrom(content));
    }

    private static UnknownFieldSet field(int number, ByteString content) {
        return UnknownFieldSet.newBuilder()
                .addField(number, Field.newBuilder().addLengthDelimited(content).build())
                .build();
    }
}
