package io.functionenvironment.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A running function.
 *
 * @param logFile its standard output and error
 */
record RunningProgram(Process process, int port, Path logFile) implements AutoCloseable {
    static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
    private static final int SECONDS = 30;

    long pid() {
        return process.pid();
    }

    /** Waits until it listens; returns false if it exits, or does not listen within half a minute. */
    boolean listens() throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket(HOST, port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        return false;
    }

    /** Its output so far. */
    String log() {
        try {
            return new String(Files.readAllBytes(logFile), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read the log of the program", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
