package io.functionenvironment.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A function's program that was started.
 *
 * @param logged takes what it writes
 */
record Running(Process process, int port, Path logged) implements AutoCloseable {
    static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
    private static final int SECONDS = 30;

    long pid() {
        return process.pid();
    }

    /** Waits until it listens. Not if it ends instead, or has not begun after half a minute. */
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

    /** What it has written so far. */
    String log() {
        try {
            return new String(Files.readAllBytes(logged), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read what the program wrote", e);
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
