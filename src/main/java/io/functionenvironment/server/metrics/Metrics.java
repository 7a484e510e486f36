package io.functionenvironment.server.metrics;

import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the server, for Prometheus. Where functions in Go have a metric, its name and labels are the same
 * (go-grpc-middleware's for calls, controller-runtime's for certificates), so that one dashboard fits all functions.
 */
public final class Metrics {
    private static final ExpositionFormatWriter OPEN_METRICS =
            ExpositionFormats.init().getOpenMetricsTextFormatWriter();
    private static final ExpositionFormatWriter TEXT = ExpositionFormats.init().getPrometheusTextFormatWriter();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicBoolean scraped = new AtomicBoolean();
    private final Counter results = Counter.builder()
            .name("function_results_total")
            .help("Results in responses, by severity.")
            .labelNames("severity")
            .register(registry);
    private final Counter faults = Counter.builder()
            .name("function_faults_total")
            .help("Calls that failed because of a bug in the function. Each is logged once.")
            .register(registry);

    /** Creates the counters of all severities at 0, because Prometheus does not count the step from an absent series. */
    public void severities(Collection<String> all) {
        all.forEach(results::initLabelValues);
    }

    /** Counts a result in a response. */
    public void result(String severity) {
        results.labelValues(severity).inc();
    }

    /** Counts a call that failed because of a bug in the function. */
    public void fault() {
        faults.inc();
    }

    /**
     * Measures calls.
     *
     * @param served the methods of the server; calls of any other method share one series, because callers choose its name
     */
    public ServerStreamTracer.Factory calls(Collection<? extends MethodDescriptor<?, ?>> served) {
        return CallMetrics.of(served, registry);
    }

    /**
     * Exposes the expiry of certificates.
     *
     * @param expiry called at each scrape; maps a file name to the expiry of the certificates in it
     */
    public CertificateReads certificates(Supplier<Map<String, Instant>> expiry) {
        GaugeWithCallback.builder()
                .name("tls_certificate_not_after_timestamp_seconds")
                .help("Earliest expiry of the certificates in a file.")
                .labelNames("file")
                .callback(gauge ->
                        expiry.get().forEach((file, time) -> gauge.call((double) time.getEpochSecond(), file)))
                .register(registry);
        return new CertificateReads(
                Counter.builder()
                        .name("certwatcher_read_certificate_total")
                        .help("Attempts to load new certificate files.")
                        .register(registry),
                Counter.builder()
                        .name("certwatcher_read_certificate_errors_total")
                        .help(
                                "Attempts to load new certificate files that failed; the previous certificates stay in use.")
                        .register(registry));
    }

    /** Counts attempts to load new certificate files. */
    public record CertificateReads(Counter all, Counter errors) {
        public void succeeded() {
            all.inc();
        }

        public void failed() {
            all.inc();
            errors.inc();
        }
    }

    /** The current values of all metrics, in the format that a scraper prefers. */
    Page page(@Nullable String accept) throws IOException {
        // At the first scrape, because the JVM takes a tenth of a second to load their sources.
        if (scraped.compareAndSet(false, true)) {
            ProcessMetrics.builder().register(registry);
            JvmMemoryMetrics.builder().register(registry);
            JvmGarbageCollectorMetrics.builder().register(registry);
            JvmThreadsMetrics.builder().register(registry);
        }
        // The library would choose protobuf if the scraper prefers it, although its writer is not on the class path.
        var writer = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        var out = new ByteArrayOutputStream(1 << 14);
        writer.write(out, registry.scrape());
        return new Page(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    /** A body and its content type. */
    record Page(String type, String body) {}
}
