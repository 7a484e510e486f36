package io.functionenvironment;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The server runs without the packages for people, which package/rootfs leaves out of the image. */
class ServerClassPathTest {
    private static final String MAIN = "io/functionenvironment/main/ServerMain";
    private static final Path ROOTFS = Path.of("package", "rootfs");

    private static final Map<String, CompiledType> TYPES =
            CompiledType.ours().stream().collect(toMap(CompiledType::name, Function.identity()));

    @Test
    void theServerNeverUsesWhatTheImageDoesNotContain() throws IOException {
        var used = reachable(MAIN);
        assertTrue(used.contains("io/functionenvironment/EnvironmentFunction"), "the function is found: " + used);
        var absent = new TreeSet<String>();
        for (var name : words("PACKAGES")) {
            absent.add("io/functionenvironment/" + name + "/");
        }
        for (var name : words("LIBRARIES")) {
            absent.add(name + "/");
        }
        assertTrue(absent.containsAll(Set.of("io/functionenvironment/cli/", "io/functionenvironment/simulation/")));
        assertEquals(
                Set.of(),
                used.stream()
                        .filter(type -> absent.stream().anyMatch(type::startsWith))
                        .collect(toCollection(TreeSet::new)));
    }

    /** All types that a type uses, directly or through others; of libraries only those that ours use. */
    private static Set<String> reachable(String first) {
        var reached = new TreeSet<String>();
        var next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            var type = next.remove();
            if (reached.add(type) && TYPES.containsKey(type)) {
                next.addAll(TYPES.get(type).uses());
            }
        }
        return reached;
    }

    /** The words of a variable in package/rootfs. */
    private static List<String> words(String variable) throws IOException {
        var line = Pattern.compile("(?m)^" + variable + "=\"?([a-z/ ]+)\"?$").matcher(Files.readString(ROOTFS));
        assertTrue(line.find(), ROOTFS + " sets " + variable);
        return List.of(line.group(1).split(" "));
    }
}
