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
 * Starts a server as the image does, calls it over mutual TLS, and stops it. What that server's Java is told to keep of it,
 * classes that were loaded and methods that were busy, later servers need not find out anew.
 */
public final class Training {
    /** So many that all methods which matter are busy enough for the second compiler, whose findings are kept. */
    private static final int CALLS = 1500;

    private static final String HOST = "localhost";

    /** With which Java ends when SIGTERM was received and all was well. */
    private static final int STOPPED = 128 + 15;

    private Training() {}

    /**
     * Trains, and fails if the server does.
     *
     * @param arguments a PKCS#12 file with a self-signed certificate, a directory to write certificates to, and the
     *     command that starts a server
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
            look(URI.create("http://" + probes));
        } finally {
            server.destroy();
        }
        var status = server.waitFor();
        if (status != STOPPED) {
            throw new IOException("the server ended with %d, not with %d".formatted(status, STOPPED));
        }
    }

    private static void call(Caller crossplane) throws IOException {
        var requests = new ArrayList<RunFunctionRequest>();
        Life.play(request -> {
            crossplane.call(request);
            requests.add(request);
        });
        for (var call = requests.size(); call < CALLS; call++) {
            crossplane.call(requests.get(call % requests.size()));
        }
        crossplane.look();
    }

    /** As the kubelet and Prometheus do. */
    private static void look(URI probes) throws IOException {
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
