package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldError;
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

/** Every example in the folders of rejected ones names, in its first line, the one field it is rejected at. */
class RejectedExamplesTest {
    private static final String MARK = "# rejected at: ";

    @TestFactory
    Stream<DynamicTest> theReaderRejectsEveryBadEnvironmentAtItsPath() throws IOException {
        return cases("examples/rejected", (tree, faults) -> EnvironmentReader.read(tree, faults, true));
    }

    @TestFactory
    Stream<DynamicTest> theReaderRejectsAllBadSettingsAtTheirPath() throws IOException {
        return cases(
                "examples/rejected-settings",
                (tree, faults) -> SettingsDocument.merge(
                        SettingsDocument.of(tree, faults).stream().toList(), Registry.SHIPPED.sizeFormats(), faults));
    }

    private static Stream<DynamicTest> cases(String folder, BiConsumer<Json, FieldErrors> read) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString().replace(".yaml", "").replace('-', ' '), () -> {
                                var text = Files.readString(file);
                                var wanted = text.lines().findFirst().orElse("").replace(MARK, "");
                                var faults = new FieldErrors();
                                read.accept(Yaml.documents(text).getFirst(), faults);
                                assertEquals(
                                        List.of(wanted),
                                        faults.list().stream()
                                                .map(FieldError::path)
                                                .distinct()
                                                .toList(),
                                        faults::toString);
                            }));
        }
    }
}
