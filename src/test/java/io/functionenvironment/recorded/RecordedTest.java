package io.functionenvironment.recorded;

import static io.functionenvironment.Requests.FUNCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The function returns the recorded responses to the requests of a real Crossplane, from the creation of an Environment to its
 * deletion. {@code ./mvnw test -Dtest=RecordedTest -Dgolden.update=true} updates the responses; {@code e2e/record} records the
 * requests.
 */
class RecordedTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> responsesAreTheRecordedOnes() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(RECORDED.relativize(file).toString(), () -> check(file)));
    }

    @Test
    void recordingsContainNoSecrets() throws IOException {
        for (var file : files()) {
            for (var resource : Recording.ofYaml(Files.readString(file))
                    .request()
                    .getObserved()
                    .getResourcesMap()
                    .values()) {
                resource.getConnectionDetailsMap()
                        .forEach((key, value) -> assertEquals("redacted", value.toStringUtf8(), file + ": " + key));
            }
            assertFalse(Files.readString(file).contains("certificate-authority-data"), file.toString());
        }
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(RECORDED)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        var text = Files.readString(file);
        var recorded = Recording.ofYaml(text);
        var response = FUNCTION.run(new FunctionRequest(recorded.request()), recorded.at())
                .message();
        var actual = new Recording(recorded.at(), recorded.request(), response);
        if (UPDATE) {
            assertEquals(
                    null, System.getenv("CI"), "golden.update overwrites the expected responses; do not set it in CI");
            Files.writeString(file, actual.yaml());
        } else {
            assertEquals(text, actual.yaml());
        }
    }
}
