package io.functionenvironment.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What values violate in a schema.
 *
 * @param location the keys to the value
 * @param conditional whether it depends on other values
 * @param message what the schema wants, as the rest of a sentence that begins with the path
 */
record Violation(List<String> location, About about, boolean conditional, String message) {
    /** What is wrong. */
    enum About {
        /** The value is missing. */
        MISSING,
        /** It must not exist, or be of another type, whatever it contains. */
        ITSELF,
        CONTENT
    }

    /** Keywords that contain names, and not keywords. */
    private static final Set<String> NAMES =
            Set.of("properties", "patternProperties", "dependentSchemas", "dependencies", "definitions", "$defs");

    private static final Set<String> ALTERNATIVES = Set.of("anyOf", "oneOf", "not", "contains");
    private static final Set<String> CONDITIONS =
            Set.of("then", "else", "dependentSchemas", "dependentRequired", "dependencies", "unevaluatedProperties");

    /** The way to the first keyword with alternatives that lies before the end; empty if there is none. */
    static Optional<String> alternatives(String evaluationPath) {
        return keywords(evaluationPath).stream()
                .filter(way -> ALTERNATIVES.contains(last(way)) && !way.equals(evaluationPath))
                .findFirst();
    }

    static boolean conditional(String evaluationPath) {
        return keywords(evaluationPath).stream().anyMatch(way -> CONDITIONS.contains(last(way)));
    }

    /** The ways to all keywords on a way. */
    private static List<String> keywords(String evaluationPath) {
        var ways = new ArrayList<String>();
        var way = new StringBuilder();
        var name = false;
        for (var key : Pointer.keys(evaluationPath)) {
            way.append('/').append(key.replace("~", "~0").replace("/", "~1"));
            if (!name) {
                ways.add(way.toString());
            }
            name = !name && NAMES.contains(key);
        }
        return ways;
    }

    private static String last(String way) {
        return way.substring(way.lastIndexOf('/') + 1);
    }
}
