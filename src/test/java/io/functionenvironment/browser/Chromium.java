package io.functionenvironment.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process of Chromium without a window, with a profile of its own. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable");
    private static final int DELETIONS = 20;
    private static final String READY = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final Connection connection;

    private Chromium(Process process, Path profile, Connection connection) {
        this.process = process;
        this.profile = profile;
        this.connection = connection;
    }

    /** The program that the variable CHROMIUM names, or else one in PATH. */
    public static Optional<Path> program() {
        var named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        return named.or(() -> Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst());
    }

    public static Chromium start(Path program) throws IOException {
        var profile = Files.createTempDirectory("chromium");
        // The sandbox does not work for root, and the pages are our own.
        var process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Chromium(process, profile, Connection.to(address(process.errorReader())));
    }

    private static String address(BufferedReader log) throws IOException {
        var said = new StringBuilder();
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            if (line.startsWith(READY)) {
                // Otherwise Chromium would stop when the pipe is full.
                Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
                return line.substring(READY.length());
            }
            said.append(line).append('\n');
        }
        throw new IOException("Chromium does not start: " + said);
    }

    /** An empty tab. */
    public Tab tab() {
        return Tab.open(connection);
    }

    @Override
    public void close() throws IOException {
        connection.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Its children may still write for a moment, and then a file is gone between the listing and the visit.
        for (var attempt = 0; attempt < DELETIONS && Files.exists(profile); attempt++) {
            try (var files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (UncheckedIOException | NoSuchFileException e) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }
}
