package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** The Environments and Settings of the examples are valid. */
class GoodExamplesTest {

    @TestFactory
    Stream<DynamicTest> everyExampleIsReadWithoutErrors() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            return files
                    .filter(file -> file.endsWith("environment.yaml") || file.endsWith("settings.yaml"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var errors = new FieldErrors();
                        var document = Yaml.documents(Files.readString(file)).getFirst();
                        if (file.endsWith("settings.yaml")) {
                            SettingsDocument.merge(
                                    SettingsDocument.of(document, errors).stream()
                                            .toList(),
                                    Registry.SHIPPED.sizeFormats(),
                                    errors);
                        } else {
                            Registry.SHIPPED.readFile(document, errors);
                        }
                        assertEquals(List.of(), errors.list());
                    }));
        }
    }
}
