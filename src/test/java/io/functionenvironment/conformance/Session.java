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
 * A program that was started twice: to be called in the clear, and with mutual TLS.
 *
 * @param ofServer has the certificates that the program is given
 * @param ofStranger has a certificate for callers that another authority signed
 */
record Session(Program program, Running plain, Running secured, Path ofServer, Path ofClient, Path ofStranger)
        implements AutoCloseable {
    private static final String NAME = "function.crossplane-system";

    static Session start(Program program, Path directory) throws IOException, InterruptedException {
        var crossplane = new CrossplaneCertificates();
        var ofServer = crossplane.server(Files.createDirectory(directory.resolve("server")), NAME);
        var session = new Session(
                program,
                program.start("--insecure", "--debug"),
                program.start("--tls-certs-dir=" + ofServer),
                ofServer,
                crossplane.client(Files.createDirectory(directory.resolve("client"))),
                new CrossplaneCertificates().client(Files.createDirectory(directory.resolve("stranger"))));
        session.plain.listens();
        session.secured.listens();
        return session;
    }

    Caller caller(Endpoint way, List<RunFunctionRequest> samples) throws IOException {
        var running = way.tls() ? secured : plain;
        var tls = way.tls() ? Optional.of(tls(Optional.of(ofClient))) : Optional.<SslContext>empty();
        return new Caller(
                way,
                () -> channel(running.port(), tls),
                new Caller.Address(Running.HOST, running.port()),
                samples,
                Optional.of(running));
    }

    /** TLS that trusts the server, and shows what is in a directory, if any. */
    SslContext tls(Optional<Path> identity, String... versions) throws IOException {
        return CrossplaneClient.tls(
                ofServer.resolve("ca.crt"),
                identity,
                versions.length == 0 ? new String[] {"TLSv1.3", "TLSv1.2"} : versions);
    }

    static ManagedChannel channel(int port, Optional<SslContext> tls) {
        return channel(Running.HOST, port, tls);
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
