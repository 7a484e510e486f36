package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
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
    private final AtomicReference<RunFunctionRequest> received =
            new AtomicReference<>(RunFunctionRequest.getDefaultInstance());
    private final Served served;

    ProtocolTest() throws IOException {
        served = Served.of(this::receive);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private RunFunctionResponse receive(RunFunctionRequest request) {
        received.set(request);
        return Requests.passOn(request);
    }

    @Test
    void answersUnderTheNewName() {
        assertEquals(Requests.passOn(Requests.request()), served.call(Requests.request()));
        assertEquals(Requests.request(), received.get());
    }

    @Test
    void answersUnderTheOldName() throws IOException {
        var request = io.functionenvironment.proto.v1beta1.RunFunctionRequest.parseFrom(
                Requests.request().toByteString());
        var response = FunctionRunnerServiceGrpc.newBlockingStub(served.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .runFunction(request);
        assertEquals(Requests.passOn(Requests.request()), RunFunctionResponse.parseFrom(response.toByteString()));
        assertEquals(Requests.request(), received.get());
    }

    @Test
    void takesDeeplyNestedValues() {
        var value = Requests.text("bottom");
        for (var depth = 0; depth < 100; depth++) {
            value = Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putFields("down", value))
                    .build();
        }
        var request = Requests.request().toBuilder()
                .setInput(Struct.newBuilder().putFields("top", value))
                .build();
        served.call(request);
        assertEquals(request, received.get());
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNoRequest() {
        var notUtf8 = Requests.request().toBuilder();
        notUtf8.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        Field.newBuilder()
                                .addVarint(1)
                                .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 1, -1}))
                                .build())
                .build());
        var refusal = assertThrows(StatusRuntimeException.class, () -> served.call(notUtf8.build()));
        assertEquals(
                "INTERNAL: cannot read the request: it is no RunFunctionRequest, is cut short, has text that is not UTF-8, or"
                        + " more than 500 messages in one another",
                refusal.getMessage());
        assertFalse(served.log().contains("\"level\":\"error\""), served.log());
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
}
