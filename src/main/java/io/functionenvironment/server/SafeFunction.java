package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Metrics;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * A function that always answers. An exception, or a response that is too long for Crossplane, becomes a Fatal result:
 * Crossplane then changes nothing, and shows its message. A gRPC error would show less.
 */
record SafeFunction(Function<PackedRequest, PackedResponse> function, Metrics metrics, Log log)
        implements Function<PackedRequest, PackedResponse> {

    /** gRPC's default for clients. Crossplane has no option to change it. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final String OURS = "io.functionenvironment.";

    @Override
    public PackedResponse apply(PackedRequest request) {
        try {
            var response = function.apply(request);
            var bytes = response.getSerializedSize();
            return bytes <= MOST_BYTES ? response : fatal(request, tooLong(bytes));
        } catch (Throwable unexpected) {
            metrics.fault();
            log.unexpected(request, unexpected);
            return fatal(request, failed(unexpected));
        }
    }

    private static String tooLong(int bytes) {
        return String.format(
                Locale.ROOT,
                "the response is too large: %.1f MiB; Crossplane accepts at most 4 MiB. Request fewer apps or smaller"
                        + " values, or reduce what earlier steps desire",
                bytes / 1024.0 / 1024.0);
    }

    /** The type and the place, but not the message, which may quote a secret. */
    private static String failed(Throwable unexpected) {
        var place = Arrays.stream(unexpected.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst();
        return "a bug in the function: %s%s. Nothing was changed; see the function's log"
                .formatted(
                        unexpected.getClass().getSimpleName(),
                        place.map(frame -> " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                                .orElse(""));
    }

    /** Passes on what earlier steps desire and the context, as far as there is room. */
    static PackedResponse fatal(PackedRequest request, String message) {
        var response = PackedResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()))
                .addResults(
                        Result.newBuilder().setSeverity(Severity.SEVERITY_FATAL).setMessage(message));
        if (request.hasDesired()) {
            response.setDesired(request.getDesired());
        }
        response.addAllContext(request.getContextList());
        var whole = response.build();
        return whole.getSerializedSize() <= MOST_BYTES
                ? whole
                : response.clearDesired().clearContext().build();
    }
}
