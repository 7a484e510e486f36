package io.functionenvironment.documents;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a schema allows as a value, in words. */
final class Bounds {
    /** What this understands of a schema. A word that is missing here would be missing in the reference. */
    private static final Set<String> KNOWN = Set.of(
            "additionalProperties",
            "default",
            "description",
            "enum",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "nullable",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-validations");

    private Bounds() {}

    /** Words of a schema that this does not understand. */
    static Set<String> unknown(Json.Obj schema) {
        var unknown = new TreeSet<>(schema.fields().keySet());
        unknown.removeAll(KNOWN);
        return unknown;
    }

    /** {@code list of text} and the like. */
    static String type(Json schema) {
        var items = schema.object("items");
        var values = schema.object("additionalProperties");
        return switch (schema.text("type").orElse("object")) {
            case "array" -> "list of " + plural(items);
            case "object" -> values.isEmpty() ? "object" : "map of " + plural(values);
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "string" -> "text";
            case String other -> other;
        };
    }

    private static String plural(Json.Obj schema) {
        var one = type(schema);
        return one.equals("object") ? "objects" : one;
    }

    /** Sentences; none where anything goes. */
    static String of(Json schema) {
        var said = new ArrayList<String>();
        if (schema.at("enum").isPresent()) {
            said.add("One of " + join(schema.items("enum")));
        }
        range(schema, "minimum", "maximum", "").ifPresent(said::add);
        range(schema, "minLength", "maxLength", " characters").ifPresent(said::add);
        range(schema, "minItems", "maxItems", " items").ifPresent(said::add);
        range(schema, "minProperties", "maxProperties", " keys").ifPresent(said::add);
        schema.text("x-kubernetes-list-type").ifPresent(kind -> {
            switch (kind) {
                case "map" -> said.add("No two with the same " + join(schema.items("x-kubernetes-list-map-keys")));
                case "set" -> said.add("Nothing twice");
                default -> said.add("The list is " + kind);
            }
        });
        if (schema.isTrue("nullable")) {
            said.add("May be null");
        }
        if (schema.isTrue("x-kubernetes-preserve-unknown-fields")) {
            said.add("Any content");
        }
        schema.text("pattern").ifPresent(pattern -> said.add(code(pattern)));
        return said.stream().map(sentence -> sentence + ".").collect(Collectors.joining(" "));
    }

    private static Optional<String> range(Json schema, String least, String most, String unit) {
        var from = schema.number(least).map(Bounds::whole);
        var to = schema.number(most).map(Bounds::whole);
        return from.isPresent() && to.isPresent()
                ? Optional.of("From " + from.get() + " to " + to.get() + unit)
                : from.map(bound -> "At least " + bound + unit).or(() -> to.map(bound -> "At most " + bound + unit));
    }

    /** A default, or whatever else stands for itself. */
    static String value(Json tree) {
        return switch (tree) {
            case Json.Text(var text) -> code(text.matches("[0-9]+(\\.[0-9]+)?") ? "\"" + text + "\"" : text);
            case Json.Num(var number) -> code(whole(number));
            case Json.Bool(var bool) -> code(String.valueOf(bool));
            case Json.Arr(var items) -> items.isEmpty() ? "none" : join(items);
            case Json.Obj(var fields) ->
                fields.keySet().stream().map(key -> value(new Json.Text(key))).collect(Collectors.joining(", "));
            case Json.Null() -> "null";
        };
    }

    private static String join(List<Json> items) {
        return items.stream().map(Bounds::value).collect(Collectors.joining(", "));
    }

    private static String whole(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%s", number);
    }

    /** Code within the cell of a table, where a pipe would end the cell. */
    static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
