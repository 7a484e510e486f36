package io.functionenvironment.conformance;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules for a function with certificates. */
final class TlsRules {
    static final List<Rule<Session>> ALL = List.of(
            Rule.must(
                    "tls-only",
                    "does not serve without TLS",
                    (session, findings) -> refuses(session, Optional.empty(), findings)),
            Rule.must("tls-certificate-required", "rejects a client without certificate", (session, findings) -> {
                refuses(session, Optional.of(session.tls(Optional.empty(), "TLSv1.3")), findings);
                refuses(session, Optional.of(session.tls(Optional.empty(), "TLSv1.2")), findings);
            }),
            Rule.must(
                    "tls-certificate-verified",
                    "rejects a client whose certificate another authority signed",
                    (session, findings) -> {
                        var stranger = Optional.of(session.foreignCertificates());
                        refuses(session, Optional.of(session.tls(stranger, "TLSv1.3")), findings);
                        refuses(session, Optional.of(session.tls(stranger, "TLSv1.2")), findings);
                    }),
            Rule.expected("tls-1.2", "speaks TLS 1.2", (session, findings) -> speaks(session, "TLSv1.2", findings)),
            Rule.expected("tls-1.3", "speaks TLS 1.3", (session, findings) -> speaks(session, "TLSv1.3", findings)),
            Rule.expected("tls-not-1.1", "does not speak TLS 1.1", TlsRules::notOlder));

    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;

    private TlsRules() {}

    private static void refuses(Session session, Optional<SslContext> tls, Consumer<String> findings)
            throws InterruptedException {
        var end = ProgramRules.end(session.secured(), tls);
        if (end == Status.Code.OK) {
            findings.accept("it responds");
        } else if (end == Status.Code.DEADLINE_EXCEEDED) {
            findings.accept("it does not respond at all");
        }
    }

    private static void speaks(Session session, String version, Consumer<String> findings)
            throws IOException, InterruptedException {
        var tls = session.tls(Optional.of(session.clientCertificates()), version);
        var end = ProgramRules.end(session.secured(), Optional.of(tls));
        if (end != Status.Code.OK) {
            findings.accept("a call ends with " + end);
        }
    }

    private static void notOlder(Session session, Consumer<String> findings) throws IOException {
        if (!ClientHello.isAccepted(session.secured().port(), TLS_1_2)) {
            findings.accept("cannot be checked: it does not respond to this ClientHello");
        } else if (ClientHello.isAccepted(session.secured().port(), TLS_1_1)) {
            findings.accept("it accepts TLS 1.1");
        }
    }
}
