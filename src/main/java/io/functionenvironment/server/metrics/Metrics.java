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
 * What is counted and measured, for Prometheus. Names and labels are those of functions in Go where these have one
 * (go-grpc-middleware's for calls, controller-runtime's for certificates), so that one dashboard shows them all.
 */
public final class Metrics {
    private static final ExpositionFormatWriter OPEN_METRICS =
            ExpositionFormats.init().getOpenMetricsTextFormatWriter();
    private static final ExpositionFormatWriter TEXT = ExpositionFormats.init().getPrometheusTextFormatWriter();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicBoolean scraped = new AtomicBoolean();
    private final Counter results = Counter.builder()
            .name("function_results_total")
            .help("Results in answers, by severity.")
            .labelNames("severity")
            .register(registry);
    private final Counter faults = Counter.builder()
            .name("function_faults_total")
            .help("Calls that failed because of a fault in the function. Each is logged once.")
            .register(registry);

    /** Shows severities that there may be, since Prometheus does not see that what is new grew from nothing. */
    public void severities(Collection<String> all) {
        all.forEach(results::initLabelValues);
    }

    /** Counts a result, such as one of severity {@code FATAL}. */
    public void result(String severity) {
        results.labelValues(severity).inc();
    }

    public void fault() {
        faults.inc();
    }

    /**
     * Measures calls.
     *
     * @param served all there are; what else is called counts together, as its name could be anything
     */
    public ServerStreamTracer.Factory calls(Collection<? extends MethodDescriptor<?, ?>> served) {
        return CallMetrics.of(served, registry);
    }

    /**
     * Shows until when certificates are valid.
     *
     * @param expiry asked at each scrape, by file name
     */
    public CertificateReads certificates(Supplier<Map<String, Instant>> expiry) {
        GaugeWithCallback.builder()
                .name("tls_certificate_not_after_timestamp_seconds")
                .help("When the first certificate in a file expires.")
                .labelNames("file")
                .callback(gauge ->
                        expiry.get().forEach((file, time) -> gauge.call((double) time.getEpochSecond(), file)))
                .register(registry);
        return new CertificateReads(
                Counter.builder()
                        .name("certwatcher_read_certificate_total")
                        .help("Certificate files that were read because they are new.")
                        .register(registry),
                Counter.builder()
                        .name("certwatcher_read_certificate_errors_total")
                        .help("Certificate files that could not be used, so that those before are still in use.")
                        .register(registry));
    }

    /** Counts how often certificates were read, each time they changed, and how often they were of no use. */
    public record CertificateReads(Counter all, Counter errors) {
        public void used() {
            all.inc();
        }

        public void refused() {
            all.inc();
            errors.inc();
        }
    }

    /** All of them at a moment, in the form that a scraper asks for. */
    Page page(@Nullable String accept) throws IOException {
        // Not earlier: what they are read from takes the JVM a tenth of a second to load.
        if (scraped.compareAndSet(false, true)) {
            ProcessMetrics.builder().register(registry);
            JvmMemoryMetrics.builder().register(registry);
            JvmGarbageCollectorMetrics.builder().register(registry);
            JvmThreadsMetrics.builder().register(registry);
        }
        // Not the library's choice: it takes protobuf, where that is asked for, without having a writer for it.
        var writer = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        var out = new ByteArrayOutputStream(1 << 14);
        writer.write(out, registry.scrape());
        return new Page(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    /** Text with its content type. */
    record Page(String type, String body) {}
}
