package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The findings for released functions of others are the recorded ones; a difference means that a rule has changed. Set the
 * path of a program with {@code -Dconformance.peer.NAME@VERSION=PATH}; see peers/README.md for where to get it. {@code
 * -Dgolden.update=true} records the findings.
 */
class PeersTest {
    private static final Path PEERS = Path.of("src/test/resources/conformance/peers");
    private static final String SUFFIX = ".txt";

    @TestFactory
    Stream<DynamicTest> peers(@TempDir Path directory) throws IOException {
        try (var files = Files.list(PEERS)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList().stream()
                    .map(file -> dynamicTest(peer(file), () -> compare(file, directory)));
        }
    }

    private static void compare(Path file, Path directory) throws IOException, InterruptedException {
        var property = "conformance.peer." + peer(file);
        var program = System.getProperty(property, "");
        assumeTrue(!program.isEmpty(), "not checked: set the path of its program with -D%s=PATH".formatted(property));
        var found = new Conformance();
        var certificates = Files.createDirectory(directory.resolve(peer(file)));
        try (var session = Session.start(new Program(List.of(program)), certificates)) {
            found.check(session, List.of(SampleRequests.neutral()));
        }
        var text = String.join("\n", found.lines(Endpoint.ALL)) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    private static String peer(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
