package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The first line of every rejected example names the one field that has an error. */
class RejectedExamplesTest {
    private static final String MARKER = "# rejected at: ";

    @TestFactory
    Stream<DynamicTest> theReaderReportsTheFieldOfEveryRejectedEnvironment() throws IOException {
        return cases("examples/rejected", (document, errors) -> Registry.SHIPPED.readFile(document, errors));
    }

    @TestFactory
    Stream<DynamicTest> theReaderReportsTheFieldOfAllRejectedSettings() throws IOException {
        return cases(
                "examples/rejected-settings",
                (document, errors) -> SettingsDocument.merge(
                        SettingsDocument.of(document, errors).stream().toList(),
                        Registry.SHIPPED.sizeFormats(),
                        errors));
    }

    private static Stream<DynamicTest> cases(String folder, BiConsumer<Json, FieldErrors> read) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString().replace(".yaml", "").replace('-', ' '), () -> {
                                var text = Files.readString(file);
                                var path = text.lines().findFirst().orElse("").replace(MARKER, "");
                                var errors = new FieldErrors();
                                read.accept(Yaml.documents(text).getFirst(), errors);
                                assertEquals(
                                        List.of(path),
                                        errors.list().stream()
                                                // Settings' paths begin with the kind of the document.
                                                .map(error -> error.path().replaceFirst("^Settings ", ""))
                                                .distinct()
                                                .toList(),
                                        errors::toString);
                            }));
        }
    }
}
