package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/operations.md tells of conditions is all that they can say. */
class ConditionsTest {
    @Test
    void theTableHasEveryReasonAndNoOther() {
        var told = Markdown.rows(Markdown.read(Path.of("docs", "operations.md")).section("Conditions")).stream()
                .skip(1)
                .map(row -> row.subList(0, 3))
                .toList();
        var said = Reference.CONDITIONS.entrySet().stream()
                .flatMap(condition -> condition.getValue().stream()
                        .map(outcome -> List.of(
                                condition.getKey(),
                                outcome.value().word(),
                                outcome.reason().word())))
                .toList();
        assertEquals(said, told);
    }
}
