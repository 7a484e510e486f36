package io.functionenvironment.addon.manifests;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which CEL expressions a team may have evaluated. provider-kubernetes evaluates them without a limit and without an end
 * (provider-kubernetes 1.3, {@code internal/controller/namespaced/object/object.go}, {@code program.Eval}): three macros in one
 * another over an object with some thousand keys keep one of its workers busy for hours, and all Environments need these.
 */
final class ReadyQuery {
    /** The macros of CEL that go through a list or a map, wherever the words are: comments can be between any two tokens. */
    private static final Pattern MACRO = Pattern.compile("\\b(all|exists|exists_one|existsOne|filter|map)\\b");

    private static final Pattern OBJECT = Pattern.compile("\\bobject\\b");

    private ReadyQuery() {}

    /** Why an expression may take long; empty if the time is proportional to the size of the object. */
    static Optional<String> problem(String query) {
        var macros = MACRO.matcher(query);
        if (!macros.find()) {
            return Optional.empty();
        }
        var first = macros.end();
        if (macros.find()) {
            return Optional.of("has more than one of all, exists, exists_one, filter and map; use one of them once, or"
                    + " readyCondition");
        }
        return OBJECT.matcher(query).find(first)
                ? Optional.of(
                        "reads object in or after all, exists, exists_one, filter or map; write what reads object before it")
                : Optional.empty();
    }
}
