package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading documents.
 *
 * @param errors each once, though what is wrong in one document is so again when the next lies over it
 */
record Merged(List<SettingsDocument> documents, Settings settings, List<FieldError> errors) {

    static Merged of(List<SettingsDocument> documents) {
        var below = Json.Obj.EMPTY;
        var settings = Defaults.SETTINGS;
        var errors = new ArrayList<FieldError>();
        for (var document : documents) {
            var found = new FieldErrors();
            if (document.content() instanceof Json.Obj above) {
                below = Merge.over(below, above);
                settings = SettingsReader.read(document.base(), Merge.over(Defaults.TREE, below), below, found);
            } else {
                found.add(new FieldError(
                        document.base(), "is " + document.content().kind() + ", must be an object"));
            }
            found.list().stream()
                    .filter(error -> errors.stream().noneMatch(said -> sameField(said, error)))
                    .toList()
                    .forEach(errors::add);
        }
        return new Merged(documents, settings, List.copyOf(errors));
    }

    private static boolean sameField(FieldError one, FieldError other) {
        return one.message().equals(other.message()) && field(one).equals(field(other));
    }

    /** Without the word that tells which kind of document it stands in. */
    private static String field(FieldError error) {
        return error.path().substring(error.path().indexOf('.') + 1);
    }
}
