package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Checks a function that is served without TLS by calling it, and prints the findings: {@code ./mvnw test -Dtest=TargetTest
 * -Dconformance.target=HOST:PORT}. {@code -Dconformance.request=FILE} sets a RunFunctionRequest, as YAML, for a function that
 * does not understand a neutral one.
 */
class TargetTest {
    private static final String TARGET = "conformance.target";

    @Test
    @EnabledIfSystemProperty(
            named = TARGET,
            matches = ".+",
            disabledReason = "no -D" + TARGET + " sets no function to check")
    void targetHasNoFindings() throws IOException {
        var target = System.getProperty(TARGET, "");
        var colon = target.lastIndexOf(':');
        var address =
                new FunctionClient.Address(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        var file = System.getProperty("conformance.request", "");
        var sample = file.isEmpty() ? SampleRequests.neutral() : SampleRequests.read(Path.of(file));
        var found = new Conformance();
        for (var endpoint : Endpoint.PLAIN) {
            try (var client = new FunctionClient(
                    endpoint,
                    () -> Session.channel(address.host(), address.port(), Optional.empty()),
                    address,
                    List.of(sample),
                    Optional.empty())) {
                found.check(client);
            }
        }
        var lines = found.lines(Endpoint.PLAIN);
        lines.forEach(System.out::println);
        assertEquals(List.of(), lines);
    }
}
