package io.functionenvironment.conformance;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is asked of a function that was given certificates. */
final class TlsDemands {
    static final List<Demand<Session>> ALL = List.of(
            Demand.must(
                    "tls-only",
                    "does not serve in the clear",
                    (session, seen) -> refuses(session, Optional.empty(), seen)),
            Demand.must("tls-certificate-required", "refuses a caller without certificate", (session, seen) -> {
                refuses(session, Optional.of(session.tls(Optional.empty(), "TLSv1.3")), seen);
                refuses(session, Optional.of(session.tls(Optional.empty(), "TLSv1.2")), seen);
            }),
            Demand.must(
                    "tls-certificate-verified",
                    "refuses a caller whose certificate another authority signed",
                    (session, seen) -> {
                        var stranger = Optional.of(session.ofStranger());
                        refuses(session, Optional.of(session.tls(stranger, "TLSv1.3")), seen);
                        refuses(session, Optional.of(session.tls(stranger, "TLSv1.2")), seen);
                    }),
            Demand.expected("tls-1.2", "speaks TLS 1.2", (session, seen) -> speaks(session, "TLSv1.2", seen)),
            Demand.expected("tls-1.3", "speaks TLS 1.3", (session, seen) -> speaks(session, "TLSv1.3", seen)),
            Demand.expected("tls-not-1.1", "does not speak TLS 1.1", TlsDemands::notOlder));

    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;

    private TlsDemands() {}

    private static void refuses(Session session, Optional<SslContext> tls, Consumer<String> seen)
            throws InterruptedException {
        var end = ProgramDemands.end(session.secured(), tls);
        if (end == Status.Code.OK) {
            seen.accept("it answers");
        } else if (end == Status.Code.DEADLINE_EXCEEDED) {
            seen.accept("it says nothing at all");
        }
    }

    private static void speaks(Session session, String version, Consumer<String> seen)
            throws IOException, InterruptedException {
        var tls = session.tls(Optional.of(session.ofClient()), version);
        var end = ProgramDemands.end(session.secured(), Optional.of(tls));
        if (end != Status.Code.OK) {
            seen.accept("a call ends with " + end);
        }
    }

    private static void notOlder(Session session, Consumer<String> seen) throws IOException {
        if (!ClientHello.isAnswered(session.secured().port(), TLS_1_2)) {
            seen.accept("cannot be tried: it does not answer our way to say hello");
        } else if (ClientHello.isAnswered(session.secured().port(), TLS_1_1)) {
            seen.accept("it goes on with TLS 1.1");
        }
    }
}
