package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.ServerOptions.Parsed;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags and environment variables of the server. */
class ServerOptionsTest {
    private static final Map<String, String> IN_CLUSTER = Map.of("TLS_SERVER_CERTS_DIR", "/tls/server");

    @Test
    void inAClusterNoFlagIsNeeded() {
        var options = accepted(IN_CLUSTER, "");
        assertEquals(
                new ServerOptions(
                        new Address("", 9443),
                        new MutualTls(Path.of("/tls/server")),
                        Optional.of(new Monitoring(new Address("", 8080), false)),
                        16 * 1024 * 1024,
                        false,
                        false,
                        Optional.empty()),
                options);
        assertEquals("0.0.0.0:9443", options.address().toString());
    }

    @Test
    void everyFlagHasTwoForms() {
        var expected = new ServerOptions(
                new Address("localhost", 1234),
                new MutualTls(Path.of("certs")),
                Optional.of(new Monitoring(new Address("localhost", 1235), true)),
                32 * 1024 * 1024,
                true,
                true,
                Optional.of(Instant.parse("2026-01-31T12:00:00Z")));
        assertEquals(
                expected,
                accepted(
                        IN_CLUSTER,
                        "--address localhost:1234 --metrics-address localhost:1235 --tls-certs-dir certs --max-recv-message-size 32 -d --require-environment-config"
                                + " --clock 2026-01-31T12:00:00Z"));
        assertEquals(
                expected,
                accepted(
                        Map.of("MAX_RECV_MESSAGE_SIZE", "2"),
                        "--address=localhost:1234 --metrics-address=localhost:1235 --tls-certs-dir=certs --max-recv-message-size=32 --debug=true --require-environment-config=true"
                                + " --insecure=false --clock=2026-01-31T12:00:00Z"));
    }

    @Test
    void insecureOverridesTheCertificates() {
        assertEquals(
                new Insecure(),
                accepted(IN_CLUSTER, "--tls-certs-dir=x --insecure").security());
    }

    @Test
    void theLargestRequestCanBeSetByAVariable() {
        assertEquals(
                8 * 1024 * 1024,
                accepted(Map.of("MAX_RECV_MESSAGE_SIZE", "8"), "--insecure").maxRequestBytes());
    }

    @Test
    void probesAndMetricsCanBeMovedOrDisabled() {
        var moved = Optional.of(new Monitoring(new Address("", 9090), true));
        assertEquals(
                moved,
                accepted(Map.of("METRICS_ADDRESS", ":9090"), "--insecure").monitoring());
        assertEquals(
                Optional.empty(),
                accepted(Map.of("METRICS_ADDRESS", ":9090"), "--insecure --metrics-address=none")
                        .monitoring());
        assertEquals(
                List.of(
                        "METRICS_ADDRESS is \"8080\"; must be host:port, [IPv6]:port, or :port for all interfaces, with a"
                                + " port up to 65535, or none"),
                rejected(Map.of("METRICS_ADDRESS", "8080"), "--insecure"));
    }

    @Test
    void theLastValueOfARepeatedFlagWins() {
        assertEquals(
                2,
                accepted(Map.of(), "--insecure --address=:1 --address=:2")
                        .address()
                        .port());
    }

    @ParameterizedTest
    @CsvSource({
        ":9443, 0.0.0.0:9443",
        "0.0.0.0:1, 0.0.0.0:1",
        "[::1]:9443, [::1]:9443",
        "[::]:0, [::]:0",
        "my-host.example:80, my-host.example:80"
    })
    void acceptsAddresses(String given, String shown) {
        assertEquals(
                shown,
                accepted(Map.of(), "--insecure --address=" + given).address().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9443", "host", "host:", ":65536", ":-1", "::1:9443", "http://host:80"})
    void rejectsOtherAddresses(String given) {
        assertEquals(
                List.of(
                        "--address is \"%s\"; must be host:port, [IPv6]:port, or :port for all interfaces, with a port up to 65535"
                                .formatted(given)),
                rejected(Map.of(), "--insecure --address=" + given));
    }

    @Test
    void requiresCertificatesOrAnExplicitInsecure() {
        var error = "neither --tls-certs-dir nor TLS_SERVER_CERTS_DIR is set; set a directory with tls.crt,"
                + " tls.key and ca.crt, or --insecure to serve every client without TLS";
        assertEquals(List.of(error), rejected(Map.of(), ""));
        assertEquals(List.of(error), rejected(Map.of("TLS_SERVER_CERTS_DIR", ""), ""));
    }

    @Test
    void reportsAllErrorsAtOnce() {
        assertEquals(
                List.of(
                        "unknown option --adress; the options are --address, --tls-certs-dir, --insecure, --metrics-address,"
                                + " --max-recv-message-size, --debug, --require-environment-config, --clock",
                        "--tls-certs-dir needs a value: DIR",
                        "--clock needs a value: TIME",
                        "MAX_RECV_MESSAGE_SIZE is \"4MB\"; must be a whole number of MiB from 1 to 1024",
                        "--debug is \"yes\"; must be true, false, or the flag without a value"),
                rejected(
                        Map.of("MAX_RECV_MESSAGE_SIZE", "4MB"),
                        "--adress=:1 --tls-certs-dir --insecure --debug=yes --clock"));
        assertEquals(
                List.of(
                        "--max-recv-message-size is \"0\"; must be a whole number of MiB from 1 to 1024",
                        "--clock is \"noon\"; must be a time such as 2026-01-31T12:00:00Z"),
                rejected(IN_CLUSTER, "--max-recv-message-size=0 --clock=noon"));
    }

    @Test
    void helpListsEveryFlagWithItsVariable() {
        var help = ServerOptions.usage("function");
        for (var flag : ServerFlag.values()) {
            var line = help.lines()
                    .filter(each -> each.contains(" " + flag.flag() + " "))
                    .findFirst()
                    .orElse("");
            assertTrue(line.endsWith(flag.help()), line);
            assertTrue(line.contains(flag.variable().orElse("")), line);
        }
    }

    private static ServerOptions accepted(Map<String, String> environment, String arguments) {
        return switch (ServerOptions.parse(split(arguments), environment)) {
            case Parsed.Accepted(var options) -> options;
            case Parsed.Rejected(var errors) -> fail(String.join("\n", errors));
        };
    }

    private static List<String> rejected(Map<String, String> environment, String arguments) {
        return switch (ServerOptions.parse(split(arguments), environment)) {
            case Parsed.Accepted(var options) -> fail("accepted: " + options);
            case Parsed.Rejected(var errors) -> errors;
        };
    }

    private static List<String> split(String arguments) {
        return arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
    }
}
