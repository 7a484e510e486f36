package io.functionenvironment.training;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a container by a command, calls the function in it as Crossplane does, and waits until the container ends. */
final class ContainerClient {
    private static final String HOST = "localhost";
    private static final int PORT = 9443;
    private static final int CALLS = 300;

    private ContainerClient() {}

    /**
     * Prints the milliseconds from the start to the first response, and the exit status of the command.
     *
     * @param arguments a PKCS#12 file; a directory to write certificates to, or {@code insecure} for plain text; a file
     *     for the output of the container; the command
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        var identity = Identity.read(Path.of(arguments[0]));
        var secure = !arguments[1].equals("insecure");
        if (secure) {
            identity.write(Path.of(arguments[1]));
        }
        var tls = secure
                ? Optional.of(identity.tls())
                : Optional.<io.grpc.netty.shaded.io.netty.handler.ssl.SslContext>empty();
        var requests = new ArrayList<RunFunctionRequest>();
        Scenario.play(requests::add);
        var start = System.nanoTime();
        var container = new ProcessBuilder(List.of(arguments).subList(3, arguments.length))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(Path.of(arguments[2]).toFile()))
                .start();
        awaitPort(container);
        try (var crossplane = new Caller(HOST, PORT, tls)) {
            crossplane.call(requests.getFirst());
            System.out.println(
                    "answered " + Duration.ofNanos(System.nanoTime() - start).toMillis());
            for (var call = 0; call < CALLS; call++) {
                crossplane.call(requests.get(call % requests.size()));
            }
            System.out.println("called " + (CALLS + 1));
        }
        System.out.println("ended " + container.waitFor());
    }

    /** Waits for the port, because a channel that cannot connect waits a second before it tries again. */
    private static void awaitPort(Process container) throws IOException, InterruptedException {
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, PORT));
                return;
            } catch (IOException notYet) {
                if (!container.isAlive()) {
                    throw new IOException("the container ended before it listened on its port", notYet);
                }
                Thread.sleep(2);
            }
        }
    }
}
