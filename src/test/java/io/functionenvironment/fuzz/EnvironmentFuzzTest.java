package io.functionenvironment.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.Validation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Environments as people write them, in YAML. */
class EnvironmentFuzzTest {
    private static final Pattern ENVIRONMENT = Pattern.compile("environment.*\\.yaml");

    static Stream<byte[]> seeds() {
        return Findings.examples(ENVIRONMENT);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void everyErrorHasAPath(byte[] input) {
        for (var document : documents(input)) {
            var errors = new FieldErrors();
            var environment = EnvironmentReader.readFile(document, errors, Set.of("argocd", "manifests"));
            Findings.check(errors);
            if (environment.isPresent() && document instanceof Json.Obj object) {
                Findings.check(Validation.errors(object, Optional.empty(), Optional.empty()));
            }
        }
    }

    static List<Json> documents(byte[] input) {
        try {
            return Yaml.documents(Findings.text(input)).stream()
                    .filter(Json.Obj.class::isInstance)
                    .toList();
        } catch (InvalidYaml invalid) {
            Findings.check(String.valueOf(invalid.getMessage()));
            return List.of();
        }
    }
}
