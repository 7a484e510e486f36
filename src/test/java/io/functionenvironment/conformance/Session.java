package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.server.CrossplaneCertificates;
import io.functionenvironment.server.CrossplaneClient;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program that runs twice: without TLS, and with mutual TLS. The certificates are directories.
 *
 * @param foreignCertificates a client certificate that another authority signed
 */
record Session(
        Program program,
        RunningProgram plain,
        RunningProgram secured,
        Path serverCertificates,
        Path clientCertificates,
        Path foreignCertificates)
        implements AutoCloseable {
    private static final String NAME = "function.crossplane-system";

    static Session start(Program program, Path directory) throws IOException, InterruptedException {
        var crossplane = new CrossplaneCertificates();
        var serverCertificates = crossplane.server(Files.createDirectory(directory.resolve("server")), NAME);
        var session = new Session(
                program,
                program.start("--insecure", "--debug"),
                program.start("--tls-certs-dir=" + serverCertificates),
                serverCertificates,
                crossplane.client(Files.createDirectory(directory.resolve("client"))),
                new CrossplaneCertificates().client(Files.createDirectory(directory.resolve("stranger"))));
        session.plain.listens();
        session.secured.listens();
        return session;
    }

    FunctionClient client(Endpoint endpoint, List<RunFunctionRequest> samples) throws IOException {
        var running = endpoint.tls() ? secured : plain;
        var tls = endpoint.tls() ? Optional.of(tls(Optional.of(clientCertificates))) : Optional.<SslContext>empty();
        return new FunctionClient(
                endpoint,
                () -> channel(running.port(), tls),
                new FunctionClient.Address(RunningProgram.HOST, running.port()),
                samples,
                Optional.of(running));
    }

    /** TLS that trusts the server, with a client certificate from a directory, if any. */
    SslContext tls(Optional<Path> identity, String... versions) throws IOException {
        return CrossplaneClient.tls(
                serverCertificates.resolve("ca.crt"),
                identity,
                versions.length == 0 ? new String[] {"TLSv1.3", "TLSv1.2"} : versions);
    }

    static ManagedChannel channel(int port, Optional<SslContext> tls) {
        return channel(RunningProgram.HOST, port, tls);
    }

    static ManagedChannel channel(String host, int port, Optional<SslContext> tls) {
        var builder = NettyChannelBuilder.forAddress(host, port);
        tls.ifPresentOrElse(context -> builder.sslContext(context).overrideAuthority(NAME), builder::usePlaintext);
        return builder.build();
    }

    @Override
    public void close() {
        plain.close();
        secured.close();
    }
}
