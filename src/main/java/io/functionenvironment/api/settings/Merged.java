package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading documents.
 *
 * @param faults each once, though what is wrong in one document is so again when the next lies over it
 */
record Merged(List<SettingsDocument> documents, Settings settings, List<FieldError> faults) {

    static Merged of(List<SettingsDocument> documents) {
        var below = Json.Obj.EMPTY;
        var settings = Defaults.SETTINGS;
        var faults = new ArrayList<FieldError>();
        for (var document : documents) {
            var found = new ArrayList<FieldError>();
            if (document.content() instanceof Json.Obj above) {
                below = Merge.over(below, above);
                settings = SettingsReader.read(document.base(), Merge.over(Defaults.TREE, below), below, found);
            } else {
                found.add(new FieldError(
                        document.base(), "is " + document.content().kind() + ", must be an object"));
            }
            found.stream()
                    .filter(fault -> faults.stream().noneMatch(said -> sameField(said, fault)))
                    .toList()
                    .forEach(faults::add);
        }
        return new Merged(documents, settings, List.copyOf(faults));
    }

    private static boolean sameField(FieldError one, FieldError other) {
        return one.message().equals(other.message()) && field(one).equals(field(other));
    }

    /** Without the word that tells which kind of document it stands in. */
    private static String field(FieldError fault) {
        return fault.path().substring(fault.path().indexOf('.') + 1);
    }
}
