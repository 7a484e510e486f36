package io.functionenvironment.catalog;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The constraints of a schema, in words, as Markdown. */
public final class Bounds {
    /** The keywords of a schema that this class describes. Any other keyword would be missing in the reference. */
    private static final Set<String> KEYWORDS = Set.of(
            "additionalProperties",
            "default",
            "description",
            "enum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "multipleOf",
            "nullable",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-validations",
            // Hints for the forms of portals.
            "x-ui-advanced",
            "x-ui-order");

    private Bounds() {}

    /** The keywords of a schema that this class does not describe. */
    public static Set<String> unknown(Json.Obj schema) {
        var unknown = new TreeSet<>(schema.fields().keySet());
        unknown.removeAll(KEYWORDS);
        return unknown;
    }

    /** The type of a schema in the words of OpenAPI, such as {@code list of strings}. */
    public static String type(Json schema) {
        var items = schema.object("items");
        var values = schema.object("additionalProperties");
        if (schema.isTrue("x-kubernetes-int-or-string")) {
            return "integer or string";
        }
        return switch (schema.text("type").orElse("object")) {
            case "array" -> "list of " + plural(items);
            case "object" -> values.isEmpty() ? "object" : "map of " + plural(values);
            case String other -> other;
        };
    }

    private static String plural(Json.Obj schema) {
        return type(schema).replaceFirst("^\\w+", "$0s");
    }

    /** The constraints as sentences; empty if there are none. */
    public static String of(Json schema) {
        var sentences = new ArrayList<String>();
        if (schema.at("enum").isPresent()) {
            sentences.add("One of " + join(schema.items("enum")));
        }
        range(schema, "minimum", "maximum", "").ifPresent(sentences::add);
        schema.number("multipleOf").map(step -> "A multiple of " + whole(step)).ifPresent(sentences::add);
        schema.text("format").map(format -> "In the format " + code(format)).ifPresent(sentences::add);
        range(schema, "minLength", "maxLength", " characters").ifPresent(sentences::add);
        range(schema, "minItems", "maxItems", " items").ifPresent(sentences::add);
        range(schema, "minProperties", "maxProperties", " keys").ifPresent(sentences::add);
        schema.text("x-kubernetes-list-type").ifPresent(kind -> {
            switch (kind) {
                case "map" -> sentences.add("No two with the same " + join(schema.items("x-kubernetes-list-map-keys")));
                case "set" -> sentences.add("Items are unique");
                default -> sentences.add("The list is " + kind);
            }
        });
        if (schema.isTrue("nullable")) {
            sentences.add("May be null");
        }
        if (schema.isTrue("x-kubernetes-preserve-unknown-fields")) {
            sentences.add("Any content");
        }
        schema.text("pattern").ifPresent(pattern -> sentences.add(code(pattern)));
        return sentences.stream().map(sentence -> sentence + ".").collect(Collectors.joining(" "));
    }

    private static Optional<String> range(Json schema, String min, String max, String unit) {
        var from = schema.number(min).map(Bounds::whole);
        var to = schema.number(max).map(Bounds::whole);
        return from.isPresent() && to.isPresent()
                ? Optional.of("From " + from.get() + " to " + to.get() + unit)
                : from.map(bound -> "At least " + bound + unit).or(() -> to.map(bound -> "At most " + bound + unit));
    }

    /** A value, such as a default, as Markdown. */
    public static String value(Json value) {
        return switch (value) {
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

    /** Code in a cell of a table, with escaped pipes. */
    public static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
