package io.functionenvironment.charts;

import static java.util.stream.Collectors.joining;

import dev.harrel.jsonschema.Error;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a schema wants, in words that quote the schema and never the values.
 *
 * @param errors all of one validation
 */
record SchemaWords(Json root, Json values, List<Error> errors) {
    /** What a keyword with a number or a pattern wants. */
    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("minimum", "be at least %s"),
            Map.entry("maximum", "be at most %s"),
            Map.entry("exclusiveMinimum", "be more than %s"),
            Map.entry("exclusiveMaximum", "be less than %s"),
            Map.entry("multipleOf", "be a multiple of %s"),
            Map.entry("minLength", "have at least %s characters"),
            Map.entry("maxLength", "have at most %s characters"),
            Map.entry("pattern", "match the pattern %s"),
            Map.entry("minItems", "have at least %s items"),
            Map.entry("maxItems", "have at most %s items"),
            Map.entry("minProperties", "have at least %s keys"),
            Map.entry("maxProperties", "have at most %s keys"),
            Map.entry("const", "be %s"));

    /** Whether it says that none of several alternatives, or too many, are met. */
    boolean alternatives(Error error) {
        return "anyOf".equals(error.getKeyword()) || "oneOf".equals(error.getKeyword());
    }

    /** The reference of which an error says that it leads nowhere. One that leads to a schema has the errors of that schema. */
    Stream<String> dangling(Error error) {
        return Stream.of("$ref", "$dynamicRef", "$recursiveRef")
                .filter(keyword -> keyword.equals(error.getKeyword()))
                .filter(ignored -> errors.stream()
                        .noneMatch(other -> other.getEvaluationPath().startsWith(error.getEvaluationPath() + "/")))
                .map(keyword -> schema(error).text(keyword).orElse(keyword));
    }

    /** The message of an error. */
    String of(Error error) {
        var keyword = error.getKeyword();
        if (keyword == null) {
            return unknown(error);
        }
        if (error.getEvaluationPath().contains("/propertyNames")) {
            return "has a key that the chart does not allow";
        }
        return alternatives(error)
                ? noAlternative(error)
                : found(error)
                        + wants(error)
                                .map(want -> "must " + want + " in the chart")
                                .orElse("does not meet \"" + keyword + "\" in the schema of the chart");
    }

    private String found(Error error) {
        return "type".equals(error.getKeyword())
                ? Pointer.at(values, Pointer.keys(error.getInstanceLocation()))
                        .map(value -> "is " + value.kind() + "; ")
                        .orElse("")
                : "";
    }

    private String unknown(Error error) {
        var way = Pointer.keys(schemaPointer(error));
        if (way.isEmpty() || !way.getLast().endsWith("Properties")) {
            return "is not allowed in the chart";
        }
        var known = new TreeSet<>(Pointer.at(root, way.subList(0, way.size() - 1))
                .orElse(Json.Obj.EMPTY)
                .object("properties")
                .fields()
                .keySet());
        return "is not a value of the chart" + (known.isEmpty() ? "" : "; known here are " + String.join(", ", known));
    }

    /** What one keyword wants; empty for keywords that are rare. */
    private Optional<String> wants(Error error) {
        var keyword = error.getKeyword();
        var wanted = Pointer.at(schema(error), List.of(keyword));
        return switch (keyword) {
            case "type" -> wanted.map(types -> "be of type " + listed(types, " or "));
            case "enum" -> wanted.map(allowed -> "be one of " + listed(allowed, ", "));
            case "uniqueItems" -> Optional.of("have no item twice");
            case String other ->
                wanted.filter(value -> LIMITS.containsKey(other))
                        .map(value -> LIMITS.getOrDefault(other, "%s").formatted(text(value)));
        };
    }

    private String noAlternative(Error error) {
        var wanted = new LinkedHashSet<String>();
        errors.stream()
                .filter(other -> Violation.alternatives(other.getEvaluationPath())
                        .equals(Optional.of(error.getEvaluationPath())))
                .filter(other -> other.getInstanceLocation().equals(error.getInstanceLocation()))
                .filter(other -> other.getKeyword() != null)
                .forEach(other -> wants(other).ifPresent(wanted::add));
        var matches = errors.stream()
                .noneMatch(other -> Violation.alternatives(other.getEvaluationPath())
                        .equals(Optional.of(error.getEvaluationPath())));
        return matches
                ? "matches several alternatives in the chart, and must match one"
                : wanted.isEmpty()
                        ? "matches none of the alternatives in the chart"
                        : "must " + String.join(", or ", wanted) + " in the chart";
    }

    /** The keys that are required and missing. */
    Stream<String> missing(Error error) {
        var here = Pointer.at(values, Pointer.keys(error.getInstanceLocation())).orElse(Json.Obj.EMPTY);
        return schema(error).items("required").stream()
                .flatMap(key -> key instanceof Json.Text(var text) ? Stream.of(text) : Stream.empty())
                .filter(key -> Pointer.at(here, List.of(key)).isEmpty());
    }

    private Json schema(Error error) {
        return Pointer.at(root, Pointer.keys(schemaPointer(error))).orElse(Json.Obj.EMPTY);
    }

    private static String schemaPointer(Error error) {
        var location = error.getSchemaLocation();
        return location.substring(location.indexOf('#') + 1);
    }

    private static String listed(Json value, String separator) {
        return value instanceof Json.Arr(var items)
                ? items.stream().map(SchemaWords::text).collect(joining(separator))
                : text(value);
    }

    private static String text(Json value) {
        return value instanceof Json.Text(var text) && !text.isEmpty() ? text : Yaml.compact(value);
    }
}
