package io.functionenvironment.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit status and the messages of a server that does not start. A server that starts is in ConformanceTest. */
class ServerMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) {
        return ServerMain.run(
                List.of(arguments),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void helpIsPrinted() {
        assertEquals(0, run(Map.of(), "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: function-environment [FLAG...]"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void statusIsTwoForInvalidFlags() {
        assertEquals(2, run(Map.of(), "--insecure", "--port=1", "--clock"));
        assertEquals(
                List.of(
                        "unknown option --port; the options are --address, --tls-certs-dir, --insecure,"
                                + " --metrics-address, --max-recv-message-size, --debug, --require-environment-config, --clock",
                        "--clock needs a value: TIME",
                        "Run with --help for help."),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void aLeadingServeIsIgnored() {
        assertEquals(2, run(Map.of(), "serve", "--insecure", "serve"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("unknown option serve; "));
        assertEquals(
                1,
                err.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("unknown"))
                        .count());
    }

    @Test
    void statusIsOneIfTheServerCannotStart(@TempDir Path empty) {
        assertEquals(1, run(Map.of("TLS_SERVER_CERTS_DIR", empty.toString()), "--address=localhost:0"));
        assertEquals(
                "cannot read %s: no such file".formatted(empty.resolve("tls.crt")),
                err.toString(StandardCharsets.UTF_8).strip());
    }
}
