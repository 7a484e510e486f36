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

/** What is asked of a function as a program: its flags and its environment. */
final class ProgramDemands {
    static final List<Demand<Session>> ALL = List.of(
            Demand.must(
                    "flag-insecure",
                    "serves anyone in the clear with --insecure",
                    (session, seen) -> serves(session.plain(), Optional.empty(), seen)),
            Demand.must(
                    "flag-debug", "takes --debug", (session, seen) -> serves(session.plain(), Optional.empty(), seen)),
            Demand.must(
                    "flag-tls-certs-dir",
                    "serves Crossplane with the certificates in --tls-certs-dir",
                    (session, seen) -> serves(session.secured(), ours(session), seen)),
            Demand.must(
                    "variable-tls-certs-dir",
                    "takes TLS_SERVER_CERTS_DIR for it, and then serves on port 9443 without any flag",
                    ProgramDemands::variable),
            Demand.must("port-9443-insecure", "serves on port 9443 in the clear too", ProgramDemands::insecurePort),
            Demand.must(
                    "insecure-wins",
                    "serves in the clear where certificates are given too",
                    ProgramDemands::insecureWins),
            Demand.must(
                    "secure-by-default",
                    "does not serve with neither certificates nor --insecure",
                    ProgramDemands::neither),
            Demand.expected(
                    "no-certificates",
                    "does not serve with a directory that has no certificates",
                    ProgramDemands::noCertificates));

    private static final int SECONDS = 20;

    private ProgramDemands() {}

    private static void serves(Running running, Optional<SslContext> tls, Consumer<String> seen)
            throws InterruptedException {
        if (!running.listens()) {
            seen.accept("it does not listen");
            return;
        }
        var end = end(running, tls);
        if (end != Status.Code.OK) {
            seen.accept("a call ends with " + end);
        }
    }

    /** How a call over a new connection ends. */
    static Status.Code end(Running running, Optional<SslContext> tls) throws InterruptedException {
        var caller = new Caller(
                Endpoint.PLAIN.getFirst(),
                () -> Session.channel(running.port(), tls),
                new Caller.Address(Running.HOST, running.port()),
                List.<RunFunctionRequest>of(),
                Optional.of(running));
        try (caller) {
            return caller.end(Samples.neutral().toByteArray());
        } finally {
            caller.channel().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Optional<SslContext> ours(Session session) throws IOException {
        return Optional.of(session.tls(Optional.of(session.ofClient())));
    }

    private static void variable(Session session, Consumer<String> seen) throws IOException, InterruptedException {
        awaitPort();
        var environment = Map.of("TLS_SERVER_CERTS_DIR", session.ofServer().toString());
        try (var running = session.program().start(Program.PORT, List.of(), environment)) {
            serves(running, ours(session), seen);
        }
    }

    private static void insecurePort(Session session, Consumer<String> seen) throws IOException, InterruptedException {
        awaitPort();
        try (var running = session.program().start(Program.PORT, List.of("--insecure"), Map.of())) {
            serves(running, Optional.empty(), seen);
        }
    }

    private static void insecureWins(Session session, Consumer<String> seen) throws IOException, InterruptedException {
        try (var running = session.program().start("--tls-certs-dir=" + session.ofServer(), "--insecure")) {
            serves(running, Optional.empty(), seen);
        }
    }

    private static void neither(Session session, Consumer<String> seen) throws IOException, InterruptedException {
        try (var running = session.program().start()) {
            if (running.listens()) {
                seen.accept("it listens");
            } else if (running.process().exitValue() == 0) {
                seen.accept("it ends as if all were well");
            }
        }
    }

    private static void noCertificates(Session session, Consumer<String> seen)
            throws IOException, InterruptedException {
        var empty = Files.createTempDirectory("empty");
        try (var running = session.program().start("--tls-certs-dir=" + empty)) {
            if (running.listens()) {
                seen.accept("it listens");
            }
        } finally {
            Files.delete(empty);
        }
    }

    /** Others on this machine may use that port, for a while. */
    private static void awaitPort() throws InterruptedException {
        for (var waited = 0; !Program.isFree(Program.PORT); waited++) {
            if (waited == SECONDS) {
                throw new TestAbortedException("port 9443 is taken on this machine");
            }
            Thread.sleep(1000);
        }
    }
}
