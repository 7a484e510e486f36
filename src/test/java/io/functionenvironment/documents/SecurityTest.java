package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md claims nothing without a test or scenario, and each that it names exists. */
class SecurityTest {
    private static final Markdown SECURITY = Markdown.read(Path.of("docs", "security.md"));
    private static final List<String> ATTACKERS = List.of(
            "A hostile team",
            "A hostile chart, and a hostile administrator of an Environment's cluster",
            "A hostile neighbour",
            "A hostile caller of the server",
            "A hostile file, for the command");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z_]+)(?:\\.([A-Za-z_]+))?`");

    @Test
    void everyClaimNamesATestOrAScenarioThatExists() throws IOException {
        var sources = sources();
        var faults = new ArrayList<String>();
        for (var attacker : ATTACKERS) {
            for (var row :
                    Markdown.rows(SECURITY.section(attacker)).stream().skip(1).toList()) {
                var names = NAME.matcher(row.getLast()).results().toList();
                if (names.isEmpty()) {
                    faults.add(row.getFirst() + ": names no test");
                }
                names.stream()
                        .filter(name -> !exists(sources.getOrDefault(name.group(1), ""), name.group(2)))
                        .forEach(name -> faults.add(row.getFirst() + ": there is no " + name.group()));
            }
        }
        assertEquals(List.of(), faults);
    }

    private static boolean exists(String source, String method) {
        return !source.isEmpty() && (method == null || source.matches("(?s).*\\b(?:void|def) " + method + "\\(.*"));
    }

    /** The text of each test class and of each module of scenarios, by name. */
    private static Map<String, String> sources() throws IOException {
        try (var tests = Files.walk(Path.of("src/test/java"));
                var scenarios = Files.list(Path.of("e2e/scenarios"))) {
            return Stream.concat(tests, scenarios)
                    .filter(file -> file.toString().endsWith("Test.java")
                            || file.getFileName().toString().matches("test_.*\\.py"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\..*", ""),
                            SecurityTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
