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
 * What Crossplane asked along a whole life on a real cluster is answered as it was. {@code ./mvnw test -Dtest=RecordedTest
 * -Dgolden.update=true} writes the answers anew; the requests come from {@code e2e/record}.
 */
class RecordedTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> everyRecordedCallIsAnsweredAsItWas() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(RECORDED.relativize(file).toString(), () -> check(file)));
    }

    @Test
    void noSecretIsWrittenDown() throws IOException {
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
        var answered = new Recording(recorded.at(), recorded.request(), response);
        if (UPDATE) {
            assertEquals(null, System.getenv("CI"), "golden.update rewrites what is to be checked; leave it out in CI");
            Files.writeString(file, answered.yaml());
        } else {
            assertEquals(text, answered.yaml());
        }
    }
}
