package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while the server runs, as the kubelet does when a Secret changes. */
@Timeout(60)
class RotationTest {
    private static final String HOST = "function-environment.crossplane-system";

    @TempDir
    Path folder;

    private final CrossplaneCertificates before = new CrossplaneCertificates();
    private final CrossplaneCertificates after = new CrossplaneCertificates();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Path mounted = Path.of("");
    private Path client = Path.of("");
    private volatile Path caller = Path.of("");
    private FunctionServer server;

    @BeforeEach
    void start() throws IOException {
        mounted = before.server(Files.createDirectory(folder.resolve("server")), HOST);
        client = before.client(Files.createDirectory(folder.resolve("client")));
        var options = Served.monitored(new MutualTls(mounted));
        server = FunctionServer.start(options, Requests::passOn, new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewAuthorityReplacesTheOldOne() throws Exception {
        var newClient = after.client(Files.createDirectory(folder.resolve("new-client")));
        assertEquals(Status.Code.OK, call(client, before));
        assertEquals(Status.Code.UNAVAILABLE, call(newClient, before));
        replace(after);
        assertEquals(Status.Code.OK, call(newClient, after));
        assertEquals(Status.Code.UNAVAILABLE, call(client, after));
        assertTrue(logged().contains("loaded new certificates, valid until 2045-01-01T00:00:00Z"), logged());
    }

    @Test
    void noCallFailsWhileTheAuthorityIsReplacedInTheDocumentedOrder() throws Exception {
        var calls = new AtomicInteger();
        var failed = new AtomicInteger();
        var on = new AtomicBoolean(true);
        caller = client;
        var trusted = both();
        var load = Thread.ofVirtual().start(() -> {
            while (on.get()) {
                (reconnected(caller, trusted) == Status.Code.OK ? calls : failed).incrementAndGet();
            }
        });
        try {
            Files.writeString(mounted.resolve("ca.crt"), both()); // trust both authorities,
            assertEquals(Status.Code.OK, call(client, before));
            write(after.server(Files.createDirectory(folder.resolve("next")), HOST), "tls.crt", "tls.key");
            var newClient = after.client(Files.createDirectory(folder.resolve("new-client")));
            assertEquals(Status.Code.OK, call(client, after)); // then use a certificate of the new one,
            assertEquals(Status.Code.OK, call(newClient, after));
            caller = newClient;
            var soFar = calls.get();
            while (calls.get() < soFar + 2) { // until no call of the old client is running
                Thread.sleep(5);
            }
            write(folder.resolve("next"), "ca.crt"); // then stop trusting the old one
            assertEquals(Status.Code.OK, call(newClient, after));
            soFar = calls.get();
            while (calls.get() < soFar + 5) {
                Thread.sleep(5);
            }
        } finally {
            on.set(false);
            load.join();
        }
        assertEquals(0, failed.get());
    }

    @Test
    void invalidCertificatesAreLoggedOnceAndThePreviousOnesStayInUse() throws Exception {
        Files.writeString(mounted.resolve("tls.key"), "nonsense");
        assertEquals(Status.Code.OK, call(client, before));
        assertEquals(Status.Code.OK, call(client, before));
        var warning = "cannot use %s: it contains no PEM private key; the previous certificates stay in use"
                .formatted(mounted.resolve("tls.key"));
        assertEquals(1, logged().lines().filter(line -> line.contains(warning)).count(), logged());
        var http = Http.of(server);
        assertEquals(2, http.metric("certwatcher_read_certificate_total"));
        assertEquals(1, http.metric("certwatcher_read_certificate_errors_total"));
        replace(after);
        assertEquals(Status.Code.OK, call(after.client(Files.createDirectory(folder.resolve("new-client"))), after));
        assertEquals(1, http.metric("certwatcher_read_certificate_errors_total"));
    }

    @Test
    void aMissingVolumeChangesNothing() throws Exception {
        Files.delete(mounted.resolve("ca.crt"));
        assertEquals(Status.Code.OK, call(client, before));
        assertTrue(logged().contains("ca.crt: no such file; the previous certificates stay in use"), logged());
    }

    @Test
    void metricsContainTheExpiry() {
        var http = Http.of(server);
        assertEquals(2366841600d, http.metric("tls_certificate_not_after_timestamp_seconds{file=\"tls.crt\"}"));
        assertEquals(2366841600d, http.metric("tls_certificate_not_after_timestamp_seconds{file=\"ca.crt\"}"));
    }

    private Status.Code reconnected(Path identity, String trusted) {
        try {
            var channel = connect(identity, trusted);
            try {
                return status(channel);
            } finally {
                channel.shutdownNow();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String both() throws IOException {
        var next = after.client(Files.createTempDirectory(folder, "authority"));
        var own = before.client(Files.createTempDirectory(folder, "authority"));
        return Files.readString(own.resolve("ca.crt")) + Files.readString(next.resolve("ca.crt"));
    }

    private void replace(CrossplaneCertificates authority) throws IOException {
        write(authority.server(Files.createTempDirectory(folder, "new"), HOST), "tls.crt", "tls.key", "ca.crt");
    }

    private void write(Path from, String... files) throws IOException {
        for (var file : files) {
            Files.copy(from.resolve(file), mounted.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** A call over a new connection. */
    private Status.Code call(Path identity, CrossplaneCertificates trusted) throws Exception {
        var trust = trusted.client(Files.createTempDirectory(folder, "trust"));
        var channel = connect(identity, Files.readString(trust.resolve("ca.crt")));
        try {
            return status(channel);
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private ManagedChannel connect(Path identity, String trusted) throws IOException {
        var trust = Files.writeString(Files.createTempFile(folder, "trust", ".crt"), trusted);
        var certificates = Certificates.of(CertificateFiles.read(identity));
        var tls = GrpcSslContexts.forClient()
                .trustManager(trust.toFile())
                .keyManager(certificates.key(), certificates.chain().toArray(X509Certificate[]::new));
        return NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(tls.build())
                .overrideAuthority(HOST)
                .build();
    }

    private static Status.Code status(ManagedChannel channel) {
        try {
            FunctionRunnerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .runFunction(Requests.request());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
