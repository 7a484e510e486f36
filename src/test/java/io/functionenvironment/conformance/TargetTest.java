package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Holds any function that is served in the clear to all that can be tried by calling it, and prints what is found: {@code
 * ./mvnw test -Dtest=TargetTest -Dconformance.target=HOST:PORT}. One that does not understand a request about nothing in
 * particular is sent that of {@code -Dconformance.request=FILE}, a RunFunctionRequest as YAML.
 */
class TargetTest {
    private static final String TARGET = "conformance.target";

    @Test
    @EnabledIfSystemProperty(named = TARGET, matches = ".+", disabledReason = "no -D" + TARGET + " says what to try")
    void nothingIsFoundInTheTarget() throws IOException {
        var target = System.getProperty(TARGET, "");
        var colon = target.lastIndexOf(':');
        var address = new Caller.Address(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        var file = System.getProperty("conformance.request", "");
        var sample = file.isEmpty() ? Samples.neutral() : Samples.read(Path.of(file));
        var found = new Conformance();
        for (var way : Endpoint.PLAIN) {
            try (var caller = new Caller(
                    way,
                    () -> Session.channel(address.host(), address.port(), Optional.empty()),
                    address,
                    List.of(sample),
                    Optional.empty())) {
                found.hold(caller);
            }
        }
        var lines = found.lines(Endpoint.PLAIN);
        lines.forEach(System.out::println);
        assertEquals(List.of(), lines);
    }
}
