package io.functionenvironment.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** Trees as YAML, and from YAML or JSON. */
public final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private Yaml() {}

    /**
     * All documents of a text that are not empty.
     *
     * @throws UncheckedIOException if it is no YAML, saying where
     */
    public static List<Json> documents(String text) {
        var documents = new ArrayList<Json>();
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNextValue()) {
                var node = values.nextValue();
                if (!node.isNull() && !node.isMissingNode()) {
                    documents.add(tree(node));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(documents);
    }

    /** A document with the keys of every object in alphabetical order, but those every resource begins with first. */
    public static String text(Json tree) {
        try {
            return MAPPER.writeValueAsString(node(tree));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json tree(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> {
                var fields = new LinkedHashMap<String, Json>();
                node.properties().forEach(field -> fields.put(field.getKey(), tree(field.getValue())));
                yield new Json.Obj(fields);
            }
            case ARRAY -> {
                var items = new ArrayList<Json>(node.size());
                node.forEach(item -> items.add(tree(item)));
                yield new Json.Arr(List.copyOf(items));
            }
            case STRING, BINARY -> new Json.Text(node.asText());
            case NUMBER -> new Json.Num(node.doubleValue());
            case BOOLEAN -> new Json.Bool(node.booleanValue());
            case NULL, MISSING -> new Json.Null();
        };
    }

    private static JsonNode node(Json tree) {
        var make = JsonNodeFactory.instance;
        return switch (tree) {
            case Json.Obj(var fields) -> {
                var object = make.objectNode();
                for (var first : List.of("apiVersion", "kind", "metadata")) {
                    if (fields.get(first) instanceof Json value) {
                        object.set(first, node(value));
                    }
                }
                new TreeMap<>(fields).forEach((key, value) -> {
                    if (!object.has(key)) {
                        object.set(key, node(value));
                    }
                });
                yield object;
            }
            case Json.Arr(var items) -> {
                var array = make.arrayNode();
                items.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Json.Text(var text) -> make.textNode(text);
            // Struct knows no whole numbers, but people and Helm charts do: 3 must not come out as 3.0.
            case Json.Num(var number)
            when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> make.numberNode((long) number);
            case Json.Num(var number) -> make.numberNode(number);
            case Json.Bool(var bool) -> make.booleanNode(bool);
            case Json.Null() -> make.nullNode();
        };
    }
}
