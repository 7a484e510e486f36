package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients may call over mutual TLS. */
@TestInstance(Lifecycle.PER_CLASS)
class MutualTlsTest {
    private static final String HOST = "function-environment.crossplane-system";

    private final CrossplaneCertificates crossplane = new CrossplaneCertificates();
    private final Path ofServer;
    private final Path ofClient;
    private final Path ofOtherAuthority;
    private final FunctionServer server;

    MutualTlsTest(@TempDir Path directory) throws IOException {
        ofServer = crossplane.server(Files.createDirectory(directory.resolve("server")), HOST);
        ofClient = crossplane.client(Files.createDirectory(directory.resolve("client")));
        ofOtherAuthority = new CrossplaneCertificates().client(Files.createDirectory(directory.resolve("other")));
        var options = Served.options(new Address("localhost", 0), new MutualTls(ofServer));
        server = FunctionServer.start(options, Requests::passOn, new PrintStream(OutputStream.nullOutputStream()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void answersCrossplane(String version) throws IOException, InterruptedException {
        assertEquals(Status.Code.OK, call(Optional.of(ofClient), version));
    }

    @Test
    void rejectsAClientWithoutACertificate() throws IOException, InterruptedException {
        assertEquals(Status.Code.UNAVAILABLE, call(Optional.empty(), "TLSv1.3"));
        assertEquals(Status.Code.UNAVAILABLE, call(Optional.empty(), "TLSv1.2"));
    }

    @Test
    void rejectsACertificateOfAnotherAuthority() throws IOException, InterruptedException {
        assertEquals(Status.Code.UNAVAILABLE, call(Optional.of(ofOtherAuthority), "TLSv1.3"));
    }

    @Test
    void doesNotStartWithoutCertificates(@TempDir Path empty) {
        var options = Served.options(new Address("localhost", 0), new MutualTls(empty));
        var error = assertThrows(
                IOException.class,
                () -> FunctionServer.start(
                        options, Requests::passOn, new PrintStream(OutputStream.nullOutputStream())));
        assertEquals("cannot read %s: no such file".formatted(empty.resolve("tls.crt")), error.getMessage());
    }

    /** Calls as a client that trusts Crossplane's authority and uses the certificate in a directory. */
    private Status.Code call(Optional<Path> identity, String version) throws IOException, InterruptedException {
        var tls = GrpcSslContexts.forClient()
                .trustManager(ofServer.resolve("ca.crt").toFile())
                .protocols(version);
        if (identity.isPresent()) {
            identify(tls, Certificates.of(CertificateFiles.read(identity.get())));
        }
        var channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(tls.build())
                .overrideAuthority(HOST)
                .build();
        try {
            FunctionRunnerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .runFunction(Requests.request());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static void identify(SslContextBuilder tls, Certificates certificates) {
        tls.keyManager(certificates.key(), certificates.chain().toArray(X509Certificate[]::new));
    }
}
