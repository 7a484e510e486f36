package io.functionenvironment;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The graph of packages in docs/architecture.md is the real one. {@code ./mvnw test -Dtest=PackageGraphTest
 * -Dgolden.update=true} draws it anew.
 */
class PackageGraphTest {
    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "functionenvironment");
    private static final Pattern BLOCK = Pattern.compile("(?s)(<!-- packages -->\n).*?(<!-- end of packages -->)");
    private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)/\\*\\* *(.*?\\.)(?: |\\s*\\*/)");

    @Test
    void theGraphIsWhatTheCodeKnows() throws IOException {
        var page = Files.readString(PAGE);
        var block = BLOCK.matcher(page);
        assertTrue(block.find(), PAGE + " has a block between <!-- packages --> and <!-- end of packages -->");
        var packages = CompiledType.packages();
        var drawn = page.substring(0, block.end(1)) + graph(packages) + "\n" + table(packages)
                + page.substring(block.start(2));
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(PAGE, drawn);
        }
        assertEquals(Files.readString(PAGE), drawn);
    }

    /** An arrow to each package that is known and that no other known one leads to. */
    private static String graph(Map<String, Set<String>> packages) {
        return packages.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(known -> entry.getValue().stream()
                                .noneMatch(other -> reach(packages, other).contains(known)))
                        .map(known -> "  " + node(entry.getKey()) + " --> " + node(known) + "\n"))
                .collect(joining("", "```mermaid\ngraph TD\n", "```\n"));
    }

    private static Set<String> reach(Map<String, Set<String>> packages, String from) {
        var reached = new TreeSet<String>();
        packages.getOrDefault(from, Set.of()).forEach(known -> {
            reached.add(known);
            reached.addAll(reach(packages, known));
        });
        return reached;
    }

    private static String table(Map<String, Set<String>> packages) throws IOException {
        var rows = new TreeMap<String, String>();
        for (var entry : packages.entrySet()) {
            var name = entry.getKey();
            rows.put(name, "| `%s` | %s | %s |\n".formatted(node(name), purpose(name), list(entry.getValue())));
        }
        return "| Package | What it is | Uses |\n|---|---|---|\n" + String.join("", rows.values());
    }

    private static String list(Set<String> known) {
        return known.stream().map(PackageGraphTest::node).collect(joining(", "));
    }

    private static String node(String name) {
        return name.equals(CompiledType.ROOT) ? "EnvironmentFunction" : name;
    }

    private static String purpose(String name) throws IOException {
        if (name.equals("proto")) {
            return "The Java classes that protoc generates from Crossplane's protocol.";
        }
        var folder = name.equals(CompiledType.ROOT) ? SOURCES : SOURCES.resolve(name.replace('.', '/'));
        var found = FIRST_SENTENCE.matcher(Files.readString(folder.resolve("package-info.java")));
        assertTrue(found.find(), folder + "/package-info.java says in a sentence what the package is");
        return found.group(1).replaceAll("\\s*\n \\* *", " ");
    }
}
