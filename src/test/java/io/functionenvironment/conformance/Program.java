package io.functionenvironment.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program of a function. It is started without the environment of this process, so it knows no cluster.
 *
 * @param command with the flags that it always gets
 */
record Program(List<String> command) {
    /** The port of the specification. */
    static final int PORT = 9443;

    /** Our function, as built, with the JVM flags and the memory of its image, and a fixed clock. */
    static Program ours() {
        return new Program(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@package/jvm.options",
                "-XX:MaxRAM=256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.functionenvironment.main.ServerMain",
                "--clock",
                "2026-01-01T00:01:40Z"));
    }

    /** Starts it on a free port, by the flag that all SDKs have; the specification has none. */
    RunningProgram start(String... flags) throws IOException {
        var port = freePort();
        var all = new ArrayList<>(List.of("--address=%s:%d".formatted(RunningProgram.HOST, port)));
        all.addAll(List.of(flags));
        return start(port, all, Map.of());
    }

    RunningProgram start(int port, List<String> flags, Map<String, String> environment) throws IOException {
        var line = new ArrayList<>(command);
        line.addAll(flags);
        var log = Files.createTempFile("function", ".log");
        log.toFile().deleteOnExit();
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new RunningProgram(builder.start(), port, log);
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
