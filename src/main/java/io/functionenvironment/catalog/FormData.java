package io.functionenvironment.catalog;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the script of a page has to know, as JSON in the page. */
final class FormData {
    private FormData() {}

    /** @param offers for a type that they are about */
    static String of(RequestableType type, Optional<Offers> offers, List<Example> examples) {
        return write(obj(
                field("apiVersion", type.apiVersion()),
                field("kind", type.kind()),
                field("namespaced", type.namespaced()),
                field("schema", type.schema()),
                texts("crossplaneFields", type.crossplaneFields()),
                field(
                        "suggestions",
                        suggestions(
                                offers.map(some -> some.others().suggestions()).orElse(Map.of()))),
                items(
                        "teams",
                        offers.stream()
                                .flatMap(some -> some.teams().stream())
                                .map(FormData::team)
                                .toList()),
                text("pullRequestURL", offers.flatMap(some -> some.others().pullRequestUrl())),
                field("examples", examples.stream().map(FormData::example).toList())));
    }

    private static Json team(Offers.TeamOffer team) {
        var suggestions = new LinkedHashMap<>(team.offer().suggestions());
        suggestions.put("metadata.namespace", team.names());
        return obj(
                field("name", team.name()),
                field("namespaces", texts(team.namespaces())),
                field("suggestions", suggestions(suggestions)));
    }

    private static Json.Obj suggestions(Map<String, List<String>> values) {
        var suggestions = new LinkedHashMap<String, Json>();
        values.forEach((path, some) -> suggestions.put(path, texts(some)));
        return new Json.Obj(suggestions);
    }

    private static Json example(Example example) {
        return obj(field("name", example.name()), field("text", example.text()));
    }

    /** JSON with the fields in their order, which is the order of the form, in which no text ends the element of the script. */
    private static String write(Json json) {
        return switch (json) {
            case Json.Obj(var fields) ->
                fields.entrySet().stream()
                        .map(entry -> string(entry.getKey()) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Json.Arr(var items) -> items.stream().map(FormData::write).collect(Collectors.joining(",", "[", "]"));
            case Json.Text(var value) -> string(value);
            case Json.Num ignored -> Yaml.compact(json);
            case Json.Bool(var value) -> String.valueOf(value);
            case Json.Null() -> "null";
        };
    }

    private static String string(String value) {
        return Yaml.compact(new Json.Text(value)).replace("<", "\\u003c");
    }
}
