package io.functionenvironment.server.metrics;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Measures every call from its headers to its end, for the function and for all other services. */
final class CallMetrics extends ServerStreamTracer.Factory {
    private static final String[] LABELS = {"grpc_type", "grpc_service", "grpc_method"};
    private static final String[] OTHER = {"unary", "other", "other"};

    /** Seconds. A call takes about a millisecond; Crossplane waits two minutes at most. */
    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120
    };

    /** From a small Environment to the default limit of requests; 4 MiB is Crossplane's limit of responses. */
    private static final double[] BYTES = {
        1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 21, 3 << 20, 1 << 22, 1 << 23, 1 << 24
    };

    private final Map<String, Method> methods;
    private final Method other;

    private CallMetrics(Map<String, Method> methods, Method other) {
        this.methods = methods;
        this.other = other;
    }

    static CallMetrics of(Collection<? extends MethodDescriptor<?, ?>> served, PrometheusRegistry registry) {
        var families = new Families(
                counter("grpc_server_started_total", "Calls started.", registry, LABELS),
                counter(
                        "grpc_server_handled_total",
                        "Calls completed, by gRPC status code.",
                        registry,
                        append(LABELS, "grpc_code")),
                counter("grpc_server_msg_received_total", "Request messages received.", registry, LABELS),
                counter("grpc_server_msg_sent_total", "Response messages sent.", registry, LABELS),
                histogram("grpc_server_handling_seconds", "Duration of calls, in seconds.", SECONDS, registry),
                histogram("grpc_server_msg_received_bytes", "Size of requests on the wire, in bytes.", BYTES, registry),
                histogram("grpc_server_msg_sent_bytes", "Size of responses on the wire, in bytes.", BYTES, registry));
        return new CallMetrics(
                served.stream()
                        .collect(toUnmodifiableMap(
                                MethodDescriptor::getFullMethodName, method -> Method.of(families, labels(method)))),
                Method.of(families, OTHER));
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Tracer(methods.getOrDefault(fullMethodName, other), System.nanoTime());
    }

    private record Families(
            Counter started,
            Counter handled,
            Counter received,
            Counter sent,
            Histogram seconds,
            Histogram receivedBytes,
            Histogram sentBytes) {}

    /** The time series of one method, looked up once. */
    private record Method(
            CounterDataPoint received,
            CounterDataPoint sent,
            CounterDataPoint started,
            Function<Status.Code, CounterDataPoint> handled,
            DistributionDataPoint seconds,
            DistributionDataPoint receivedBytes,
            DistributionDataPoint sentBytes) {

        static Method of(Families families, String... labels) {
            // Created at 0, because Prometheus does not count the step from an absent series to its first value.
            for (var code : Status.Code.values()) {
                families.handled.initLabelValues(append(labels, goName(code)));
            }
            return new Method(
                    families.received.labelValues(labels),
                    families.sent.labelValues(labels),
                    families.started.labelValues(labels),
                    code -> families.handled.labelValues(append(labels, goName(code))),
                    families.seconds.labelValues(labels),
                    families.receivedBytes.labelValues(labels),
                    families.sentBytes.labelValues(labels));
        }
    }

    private static final class Tracer extends ServerStreamTracer {
        private final Method method;
        private final long start;

        Tracer(Method method, long start) {
            this.method = method;
            this.start = start;
            method.started.inc();
        }

        @Override
        public void inboundMessageRead(int number, long wireBytes, long bytes) {
            method.received.inc();
            method.receivedBytes.observe((double) wireBytes);
        }

        @Override
        public void outboundMessageSent(int number, long wireBytes, long bytes) {
            method.sent.inc();
            method.sentBytes.observe((double) wireBytes);
        }

        @Override
        public void streamClosed(Status status) {
            method.handled.apply(status.getCode()).inc();
            method.seconds.observe((System.nanoTime() - start) / 1e9);
        }
    }

    private static String[] labels(MethodDescriptor<?, ?> method) {
        var type = switch (method.getType()) {
            case UNARY, UNKNOWN -> "unary";
            case CLIENT_STREAMING -> "client_stream";
            case SERVER_STREAMING -> "server_stream";
            case BIDI_STREAMING -> "bidi_stream";
        };
        return new String[] {type, String.valueOf(method.getServiceName()), String.valueOf(method.getBareMethodName())};
    }

    /** The spelling of Go: {@code DeadlineExceeded} for DEADLINE_EXCEEDED. */
    static String goName(Status.Code code) {
        return switch (code) {
            case OK -> "OK";
            case CANCELLED -> "Canceled";
            default ->
                Arrays.stream(code.name().split("_", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(joining());
        };
    }

    private static Counter counter(String name, String help, PrometheusRegistry registry, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private static Histogram histogram(String name, String help, double[] bounds, PrometheusRegistry registry) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(LABELS)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    private static String[] append(String[] labels, String label) {
        var all = Arrays.copyOf(labels, labels.length + 1);
        all[labels.length] = label;
        return all;
    }
}
