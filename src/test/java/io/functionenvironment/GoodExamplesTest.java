package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What we show people as good is good. */
class GoodExamplesTest {

    @TestFactory
    Stream<DynamicTest> everyExampleReadsWithoutAFault() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            return files
                    .filter(file -> file.endsWith("environment.yaml") || file.endsWith("settings.yaml"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var faults = new FieldErrors();
                        var tree = Yaml.documents(Files.readString(file)).getFirst();
                        if (file.endsWith("settings.yaml")) {
                            SettingsDocument.merge(
                                    SettingsDocument.of(tree, faults).stream().toList(),
                                    Registry.SHIPPED.sizeFormats(),
                                    faults);
                        } else {
                            EnvironmentReader.read(tree, faults, true);
                        }
                        assertEquals(List.of(), faults.list());
                    }));
        }
    }
}
