package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.metrics.Metrics;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * A function that always answers. What it throws, or answers at more than Crossplane's length, becomes a fatal result,
 * upon which Crossplane changes nothing; of a gRPC error people would see less.
 */
record SafeFunction(Function<PackedRequest, PackedResponse> function, Metrics metrics, Log log)
        implements Function<PackedRequest, PackedResponse> {

    /** gRPC's default for what a client receives, which Crossplane offers no way to change. */
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
                "cannot answer: what is desired has %.1f MiB, and Crossplane takes 4 MiB at most; fewer apps, smaller"
                        + " values or less from earlier steps would fit",
                bytes / 1024.0 / 1024.0);
    }

    /** Names the type and the place, but not the message, which may quote somebody's secret. */
    private static String failed(Throwable unexpected) {
        var place = Arrays.stream(unexpected.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst();
        return "cannot compose, because of a fault in the function: %s%s. Its log has more; nothing was changed"
                .formatted(
                        unexpected.getClass().getSimpleName(),
                        place.map(frame -> " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                                .orElse(""));
    }

    private static PackedResponse fatal(PackedRequest request, String message) {
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
