package io.functionenvironment.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings as people write them, in YAML. */
class SettingsFuzzTest {
    private static final Pattern SETTINGS = Pattern.compile("settings.*\\.yaml");

    static Stream<byte[]> seeds() {
        return Findings.examples(SETTINGS);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void everyErrorHasAPath(byte[] input) {
        for (var document : EnvironmentFuzzTest.documents(input)) {
            var errors = new FieldErrors();
            SettingsDocument.of(document, errors)
                    .ifPresent(settings ->
                            SettingsDocument.merge(List.of(settings), Registry.SHIPPED.sizeFormats(), errors));
            Findings.check(errors);
        }
    }
}
