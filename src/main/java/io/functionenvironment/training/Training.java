package io.functionenvironment.training;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains the ahead-of-time cache: starts a server as the image does, calls it over mutual TLS, and stops it. The server's
 * JVM records the loaded classes and the profiles of hot methods in the cache, so that later servers start faster.
 */
public final class Training {
    /** Enough calls for the second compiler to compile all hot methods, because the cache keeps their profiles. */
    private static final int CALLS = 1500;

    private static final String HOST = "localhost";

    /** The exit status of a JVM after SIGTERM. */
    private static final int SIGTERM_STATUS = 128 + 15;

    private Training() {}

    /**
     * Runs the training.
     *
     * @param arguments a PKCS#12 file with a self-signed certificate, a directory to write certificates to, and the
     *     command that starts a server
     * @throws IOException if the server does not end as after SIGTERM
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        var identity = Identity.read(Path.of(arguments[0]));
        var certificates = identity.write(Path.of(arguments[1]));
        var port = freePort();
        var probes = "%s:%d".formatted(HOST, freePort());
        var command = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        command.addAll(List.of("--address", "%s:%d".formatted(HOST, port), "--metrics-address", probes));
        command.addAll(List.of("--tls-certs-dir", certificates.toString()));
        var server = new ProcessBuilder(command).inheritIO().start();
        try (var crossplane = new Caller(HOST, port, Optional.of(identity.tls()))) {
            call(crossplane);
            probe(URI.create("http://" + probes));
        } finally {
            server.destroy();
        }
        var status = server.waitFor();
        if (status != SIGTERM_STATUS) {
            throw new IOException("the server ended with status %d instead of %d".formatted(status, SIGTERM_STATUS));
        }
    }

    private static void call(Caller crossplane) throws IOException {
        var requests = new ArrayList<RunFunctionRequest>();
        Scenario.play(request -> {
            crossplane.call(request);
            requests.add(request);
        });
        for (var call = requests.size(); call < CALLS; call++) {
            crossplane.call(requests.get(call % requests.size()));
        }
        crossplane.checkHealth();
    }

    /** Requests each page once, as the kubelet and Prometheus do. */
    private static void probe(URI probes) throws IOException {
        for (var path : List.of("/livez", "/readyz", "/metrics")) {
            try (var page = probes.resolve(path).toURL().openStream()) {
                page.readAllBytes();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
