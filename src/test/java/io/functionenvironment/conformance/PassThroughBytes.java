package io.functionenvironment.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.State;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Earlier steps desire bytes that are no message, or that protobuf itself would serialize differently. */
final class PassThroughBytes {
    private static final Map<String, ByteString> CONTENTS = new TreeMap<>(Map.of(
            "noise", bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
            "a field without a number", bytes(0, 1, 2),
            "the end of a group", bytes(0x0c),
            "half a message", bytes(0x0a, 0x7f, 0x0a),
            "text that is not UTF-8", body(RawMessage.field(Struct.FIELDS_FIELD_NUMBER, bytes(0x0a, 2, 0xc3, 0x28))),
            "3,000 levels", body(LargeRequests.deep(3000)),
            "a length in more bytes than it needs", bytes(0x0a, 0x80, 0x00),
            "a message in two parts",
                    body(SampleRequests.context().toByteString()).concat(body(ByteString.EMPTY)),
            "keys in no order", body(entries("b", "a", "c", "a"))));

    private static final ByteString FATAL = bytes(Result.SEVERITY_FIELD_NUMBER << 3, Severity.SEVERITY_FATAL_VALUE);

    private PassThroughBytes() {}

    static void check(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            CONTENTS.forEach((what, malformed) -> {
                resource(client, sample, what, malformed, findings);
                composite(client, sample, what, malformed, findings);
                context(client, sample, what, malformed, findings);
            });
        }
    }

    private static void resource(
            FunctionClient client,
            RunFunctionRequest sample,
            String what,
            ByteString malformed,
            Consumer<String> findings) {
        var state = RawMessage.entry(State.RESOURCES_FIELD_NUMBER, "malformed", malformed);
        var where = what + " in a resource";
        call(client, sample, RunFunctionRequest.DESIRED_FIELD_NUMBER, state, where, findings)
                .ifPresent(response -> {
                    var desired = RawMessage.map(desired(response), State.RESOURCES_FIELD_NUMBER);
                    if (!malformed.equals(desired.get("malformed"))) {
                        findings.accept(where + ": the bytes differ");
                    }
                    if (isFatal(response)) {
                        findings.accept(where + ": the result is fatal");
                    }
                });
    }

    /** A function that sets a status has to parse the composite of earlier steps, and may return a fatal result if it cannot. */
    private static void composite(
            FunctionClient client,
            RunFunctionRequest sample,
            String what,
            ByteString malformed,
            Consumer<String> findings) {
        var state = RawMessage.field(State.COMPOSITE_FIELD_NUMBER, malformed);
        var where = what + " in the composite";
        call(client, sample, RunFunctionRequest.DESIRED_FIELD_NUMBER, state, where, findings)
                .filter(PassThroughBytes::isFatal)
                .map(response -> RawMessage.value(desired(response), State.COMPOSITE_FIELD_NUMBER))
                .filter(composite -> !composite.equals(malformed))
                .ifPresent(composite -> findings.accept(where + ": the bytes differ"));
    }

    private static void context(
            FunctionClient client,
            RunFunctionRequest sample,
            String what,
            ByteString malformed,
            Consumer<String> findings) {
        var where = what + " in the context";
        call(client, sample, RunFunctionRequest.CONTEXT_FIELD_NUMBER, malformed, where, findings)
                .map(response -> RawMessage.value(response, RunFunctionResponse.CONTEXT_FIELD_NUMBER))
                .filter(context -> !context.equals(malformed))
                .ifPresent(context -> findings.accept(where + ": the bytes differ"));
    }

    /** The response to a request with one more field, if there is one. */
    private static Optional<ByteString> call(
            FunctionClient client,
            RunFunctionRequest sample,
            int number,
            ByteString content,
            String where,
            Consumer<String> findings) {
        var request = sample.toByteString().concat(RawMessage.field(number, content));
        try {
            return Optional.of(ByteString.copyFrom(
                    client.bytes(client.channel(), request.toByteArray(), FunctionClient.options())));
        } catch (StatusRuntimeException rejected) {
            findings.accept("%s: the call ends with %s"
                    .formatted(where, rejected.getStatus().getCode()));
            return Optional.empty();
        }
    }

    private static ByteString desired(ByteString response) {
        return RawMessage.value(response, RunFunctionResponse.DESIRED_FIELD_NUMBER);
    }

    private static boolean isFatal(ByteString response) {
        return RawMessage.values(response, RunFunctionResponse.RESULTS_FIELD_NUMBER).stream()
                .anyMatch(result -> result.startsWith(FATAL));
    }

    private static ByteString body(ByteString struct) {
        return RawMessage.field(Resource.RESOURCE_FIELD_NUMBER, struct);
    }

    private static ByteString entries(String... keys) {
        var entries = ByteString.EMPTY;
        for (var key : keys) {
            entries = entries.concat(RawMessage.entry(
                    Struct.FIELDS_FIELD_NUMBER, key, SampleRequests.text(key).toByteString()));
        }
        return entries;
    }

    private static ByteString bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }
}
