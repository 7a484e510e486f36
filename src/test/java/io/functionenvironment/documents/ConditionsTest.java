package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of conditions in docs/operations.md is complete. */
class ConditionsTest {
    @Test
    void theTableHasExactlyTheReasonsThatConditionsCanHave() {
        var documented = Markdown.rows(
                        Markdown.read(Path.of("docs", "operations.md")).section("Conditions"))
                .stream()
                .skip(1)
                .map(row -> row.subList(0, 3))
                .toList();
        var possible = Reference.CONDITIONS.entrySet().stream()
                .flatMap(condition -> condition.getValue().stream()
                        .map(outcome -> List.of(
                                condition.getKey(),
                                outcome.value().word(),
                                outcome.reason().word())))
                .toList();
        assertEquals(possible, documented);
    }
}
