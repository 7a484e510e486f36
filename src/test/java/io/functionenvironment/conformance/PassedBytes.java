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

/** Earlier steps left bytes that are no message, or that are not as protobuf itself would write them. */
final class PassedBytes {
    private static final Map<String, ByteString> ODD = new TreeMap<>(Map.of(
            "noise", bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
            "a field without a number", bytes(0, 1, 2),
            "the end of a group", bytes(0x0c),
            "half a message", bytes(0x0a, 0x7f, 0x0a),
            "text that is not UTF-8", body(RawMessage.field(Struct.FIELDS_FIELD_NUMBER, bytes(0x0a, 2, 0xc3, 0x28))),
            "3,000 levels", body(LargeRequests.deep(3000)),
            "a length in more bytes than it needs", bytes(0x0a, 0x80, 0x00),
            "a message in two parts", body(Samples.context().toByteString()).concat(body(ByteString.EMPTY)),
            "keys in no order", body(entries("b", "a", "c", "a"))));

    private static final ByteString FATAL = bytes(Result.SEVERITY_FIELD_NUMBER << 3, Severity.SEVERITY_FATAL_VALUE);

    private PassedBytes() {}

    static void all(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            ODD.forEach((what, odd) -> {
                resource(caller, sample, what, odd, seen);
                composite(caller, sample, what, odd, seen);
                context(caller, sample, what, odd, seen);
            });
        }
    }

    private static void resource(
            Caller caller, RunFunctionRequest sample, String what, ByteString odd, Consumer<String> seen) {
        var state = RawMessage.entry(State.RESOURCES_FIELD_NUMBER, "odd", odd);
        var where = what + " in a resource";
        answer(caller, sample, RunFunctionRequest.DESIRED_FIELD_NUMBER, state, where, seen)
                .ifPresent(answer -> {
                    var desired = RawMessage.map(desired(answer), State.RESOURCES_FIELD_NUMBER);
                    if (!odd.equals(desired.get("odd"))) {
                        seen.accept(where + ": other bytes come back");
                    }
                    if (isFatal(answer)) {
                        seen.accept(where + ": the answer is Fatal");
                    }
                });
    }

    /** A function that sets a status has to read what earlier steps say about the composite, and may stop if it cannot. */
    private static void composite(
            Caller caller, RunFunctionRequest sample, String what, ByteString odd, Consumer<String> seen) {
        var state = RawMessage.field(State.COMPOSITE_FIELD_NUMBER, odd);
        var where = what + " in the composite";
        answer(caller, sample, RunFunctionRequest.DESIRED_FIELD_NUMBER, state, where, seen)
                .filter(PassedBytes::isFatal)
                .map(answer -> RawMessage.value(desired(answer), State.COMPOSITE_FIELD_NUMBER))
                .filter(composite -> !composite.equals(odd))
                .ifPresent(composite -> seen.accept(where + ": other bytes come back"));
    }

    private static void context(
            Caller caller, RunFunctionRequest sample, String what, ByteString odd, Consumer<String> seen) {
        var where = what + " in the context";
        answer(caller, sample, RunFunctionRequest.CONTEXT_FIELD_NUMBER, odd, where, seen)
                .map(answer -> RawMessage.value(answer, RunFunctionResponse.CONTEXT_FIELD_NUMBER))
                .filter(context -> !context.equals(odd))
                .ifPresent(context -> seen.accept(where + ": other bytes come back"));
    }

    /** The answer to a request with a field more, if there is one. */
    private static Optional<ByteString> answer(
            Caller caller,
            RunFunctionRequest sample,
            int number,
            ByteString content,
            String where,
            Consumer<String> seen) {
        var request = sample.toByteString().concat(RawMessage.field(number, content));
        try {
            return Optional.of(
                    ByteString.copyFrom(caller.bytes(caller.channel(), request.toByteArray(), Caller.options())));
        } catch (StatusRuntimeException refused) {
            seen.accept("%s: the call ends with %s"
                    .formatted(where, refused.getStatus().getCode()));
            return Optional.empty();
        }
    }

    private static ByteString desired(ByteString answer) {
        return RawMessage.value(answer, RunFunctionResponse.DESIRED_FIELD_NUMBER);
    }

    private static boolean isFatal(ByteString answer) {
        return RawMessage.values(answer, RunFunctionResponse.RESULTS_FIELD_NUMBER).stream()
                .anyMatch(result -> result.startsWith(FATAL));
    }

    private static ByteString body(ByteString struct) {
        return RawMessage.field(Resource.RESOURCE_FIELD_NUMBER, struct);
    }

    private static ByteString entries(String... keys) {
        var entries = ByteString.EMPTY;
        for (var key : keys) {
            entries = entries.concat(RawMessage.entry(
                    Struct.FIELDS_FIELD_NUMBER, key, Samples.text(key).toByteString()));
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
