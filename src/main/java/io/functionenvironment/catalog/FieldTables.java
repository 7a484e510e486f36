package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.link;
import static io.functionenvironment.catalog.Html.prose;

import io.functionenvironment.catalog.Html.Text;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The fields of a schema: a table for each object, with a row for each of its fields. */
final class FieldTables {
    private static final List<String> COLUMNS = List.of("Field", "Type", "Default", "Meaning");

    private final List<Html> sections = new ArrayList<>();

    private FieldTables() {}

    /**
     * The tables of a schema and of everything below it.
     *
     * @param path of the schema in the object, such as spec
     */
    static List<Html> of(String path, Json.Obj schema) {
        var tables = new FieldTables();
        tables.descend(path, schema, "");
        return List.copyOf(tables.sections);
    }

    /** @param stated the description that the page already has for this schema, in the row of the field */
    private void descend(String path, Json.Obj schema, String stated) {
        if (!schema.object("properties").isEmpty()) {
            section(path, schema, stated);
        }
        if (!schema.object("items").isEmpty()) {
            descend(path + "[]", schema.object("items"), "");
        }
        if (!schema.object("additionalProperties").isEmpty()) {
            descend(path + ".*", schema.object("additionalProperties"), "");
        }
    }

    private void section(String path, Json.Obj schema, String stated) {
        var properties = schema.object("properties").fields();
        var required = schema.items("required");
        var content = new ArrayList<Html>();
        content.add(element("h3", Html.code(path)));
        if (!description(schema).equals(stated) && !description(schema).isEmpty()) {
            content.add(element("p", prose(description(schema))));
        }
        content.add(Html.table(
                COLUMNS,
                properties.entrySet().stream()
                        .map(entry -> row(path, entry, required.contains(new Json.Text(entry.getKey()))))));
        var rules = rules("", schema).toList();
        if (!rules.isEmpty()) {
            content.add(element("ul", rules).with("class", "rules"));
        }
        sections.add(element("section", content).with("id", anchor(path)).with("class", "fields"));
        properties.forEach(
                (name, field) -> descend(path + "." + name, schema.object("properties", name), description(field)));
    }

    private static List<List<Html>> row(String path, Map.Entry<String, Json> field, boolean required) {
        var schema = field.getValue();
        return List.of(
                List.of(name(path + "." + field.getKey(), field.getKey(), schema)),
                List.of(new Text(Bounds.type(schema))),
                required
                        ? List.of(element("strong", "required"))
                        : prose(schema.at("default").map(Bounds::value).orElse("")),
                meaning(schema));
    }

    /** The name of a field, as a link if its fields have a table of their own. */
    private static Html name(String path, String name, Json schema) {
        var suffix = !schema.object("properties").isEmpty()
                ? ""
                : !schema.object("items", "properties").isEmpty()
                        ? "[]"
                        : !schema.object("additionalProperties", "properties").isEmpty() ? ".*" : "-";
        return suffix.equals("-")
                ? Html.code(name)
                : element("a", Html.code(name)).with("href", "#" + anchor(path + suffix));
    }

    private static List<Html> meaning(Json schema) {
        var text = Stream.of(
                        description(schema),
                        Bounds.of(schema),
                        each("item", schema.object("items")),
                        each("value", schema.object("additionalProperties")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        var content = new ArrayList<>(prose(String.join(" ", text)));
        var rules = schema.object("properties").isEmpty() ? rules("", schema).toList() : List.<Html>of();
        if (!rules.isEmpty()) {
            content.add(element("ul", rules).with("class", "rules"));
        }
        return content;
    }

    /** The meaning of the items of a list or of the values of a map, unless they have a table of their own. */
    private static String each(String what, Json.Obj content) {
        if (content.isEmpty() || !content.object("properties").isEmpty()) {
            return "";
        }
        var text = description(content);
        var begin = text.isEmpty() ? "" : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) + " ";
        var rest = begin + Bounds.of(content);
        return rest.isBlank() ? "" : "Each " + what + ": " + rest;
    }

    /** What an object is refused for, beside its bounds. Rules about changes say so. */
    private static Stream<Html> rules(String field, Json schema) {
        return schema.items("x-kubernetes-validations").stream().map(rule -> {
            var cel = rule.text("rule").orElse("");
            var at = rule.text("fieldPath").map(path -> path.substring(1)).orElse(field);
            var message = rule.text("message").orElse("is refused");
            return element(
                    "li",
                    Html.all(List.of(
                            at.isEmpty() ? List.of() : List.of(Html.code(at), new Text(" ")),
                            prose((cel.contains("oldSelf") ? "on a change: " : "") + message + ": "),
                            List.of(Html.code(cel.strip())))));
        });
    }

    static String description(Json schema) {
        return schema.text("description").orElse("").strip();
    }

    private static String anchor(String path) {
        return "field-" + path.replace("[]", "-items").replace(".*", "-values").replace('.', '-');
    }

    /** A list of links to the tables of the fields at the top. */
    static Html contents(String path, Json.Obj schema) {
        return element(
                "p", Html.all(List.of(List.of(new Text("Fields of ")), List.of(link("#" + anchor(path), path)))));
    }
}
