package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw test -Dtest=ReferenceTest -Dgolden.update=true} rewrites the reference. */
class ReferenceTest {
    private static final Path PAGE = Path.of("docs", "reference.md");

    @Test
    void theReferenceIsUpToDate() throws IOException {
        var generated = Reference.of(
                document("package/configuration/definition.yaml"),
                document("package/input/environment.fn.crossplane.io_settings.yaml"),
                document("src/main/resources/io/functionenvironment/api/settings/defaults.yaml"));
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(PAGE, generated);
        }
        assertEquals(Files.readString(PAGE), generated);
    }

    private static Json document(String file) throws IOException {
        return Yaml.documents(Files.readString(Path.of(file))).getFirst();
    }
}
