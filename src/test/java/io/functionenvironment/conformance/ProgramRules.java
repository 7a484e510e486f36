package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/** Rules for a function as a program: its flags and environment variables. */
final class ProgramRules {
    static final List<Rule<Session>> ALL = List.of(
            Rule.must(
                    "flag-insecure",
                    "serves without TLS with --insecure",
                    (session, findings) -> serves(session.plain(), Optional.empty(), findings)),
            Rule.must(
                    "flag-debug",
                    "accepts --debug",
                    (session, findings) -> serves(session.plain(), Optional.empty(), findings)),
            Rule.must(
                    "flag-tls-certs-dir",
                    "serves Crossplane with the certificates in --tls-certs-dir",
                    (session, findings) -> serves(session.secured(), ours(session), findings)),
            Rule.must(
                    "variable-tls-certs-dir",
                    "accepts TLS_SERVER_CERTS_DIR for the same, and serves on port 9443 without any flag",
                    ProgramRules::variable),
            Rule.must("port-9443-insecure", "serves on port 9443 without TLS too", ProgramRules::insecurePort),
            Rule.must(
                    "insecure-wins",
                    "serves without TLS with --insecure although certificates are given",
                    ProgramRules::insecureWins),
            Rule.must(
                    "secure-by-default",
                    "does not start with neither certificates nor --insecure",
                    ProgramRules::neither),
            Rule.expected(
                    "no-certificates",
                    "does not start with a directory without certificates",
                    ProgramRules::noCertificates));

    private static final int SECONDS = 20;

    private ProgramRules() {}

    private static void serves(RunningProgram running, Optional<SslContext> tls, Consumer<String> findings)
            throws InterruptedException {
        if (!running.listens()) {
            findings.accept("it does not listen");
            return;
        }
        var end = end(running, tls);
        if (end != Status.Code.OK) {
            findings.accept("a call ends with " + end);
        }
    }

    /** The status code of a call over a new connection. */
    static Status.Code end(RunningProgram running, Optional<SslContext> tls) throws InterruptedException {
        var client = new FunctionClient(
                Endpoint.PLAIN.getFirst(),
                () -> Session.channel(running.port(), tls),
                new FunctionClient.Address(RunningProgram.HOST, running.port()),
                List.<RunFunctionRequest>of(),
                Optional.of(running));
        try (client) {
            return client.end(SampleRequests.neutral().toByteArray());
        } finally {
            client.channel().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Optional<SslContext> ours(Session session) throws IOException {
        return Optional.of(session.tls(Optional.of(session.clientCertificates())));
    }

    private static void variable(Session session, Consumer<String> findings) throws IOException, InterruptedException {
        awaitPort();
        var environment =
                Map.of("TLS_SERVER_CERTS_DIR", session.serverCertificates().toString());
        try (var running = session.program().start(Program.PORT, List.of(), environment)) {
            serves(running, ours(session), findings);
        }
    }

    private static void insecurePort(Session session, Consumer<String> findings)
            throws IOException, InterruptedException {
        awaitPort();
        try (var running = session.program().start(Program.PORT, List.of("--insecure"), Map.of())) {
            serves(running, Optional.empty(), findings);
        }
    }

    private static void insecureWins(Session session, Consumer<String> findings)
            throws IOException, InterruptedException {
        try (var running = session.program().start("--tls-certs-dir=" + session.serverCertificates(), "--insecure")) {
            serves(running, Optional.empty(), findings);
        }
    }

    private static void neither(Session session, Consumer<String> findings) throws IOException, InterruptedException {
        try (var running = session.program().start()) {
            if (running.listens()) {
                findings.accept("it listens");
            } else if (running.process().exitValue() == 0) {
                findings.accept("it exits with status 0");
            }
        }
    }

    private static void noCertificates(Session session, Consumer<String> findings)
            throws IOException, InterruptedException {
        var empty = Files.createTempDirectory("empty");
        try (var running = session.program().start("--tls-certs-dir=" + empty)) {
            if (running.listens()) {
                findings.accept("it listens");
            }
        } finally {
            Files.delete(empty);
        }
    }

    /** Another process may use that port for a while. */
    private static void awaitPort() throws InterruptedException {
        for (var waited = 0; !Program.isFree(Program.PORT); waited++) {
            if (waited == SECONDS) {
                throw new TestAbortedException("port 9443 is in use");
            }
            Thread.sleep(1000);
        }
    }
}
