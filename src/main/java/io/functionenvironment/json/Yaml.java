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

/** Reads YAML and JSON, and writes YAML. */
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
     * The documents of a text, without empty ones.
     *
     * @throws UncheckedIOException if the text is not YAML; the message names the line and column
     */
    public static List<Json> documents(String text) {
        var documents = new ArrayList<Json>();
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNextValue()) {
                var node = values.nextValue();
                if (!node.isNull() && !node.isMissingNode()) {
                    documents.add(json(node));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(documents);
    }

    /** A document with sorted keys: apiVersion, kind and metadata first, then all others in alphabetical order. */
    public static String text(Json document) {
        try {
            return MAPPER.writeValueAsString(node(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json json(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> {
                var fields = new LinkedHashMap<String, Json>();
                node.properties().forEach(field -> fields.put(field.getKey(), json(field.getValue())));
                yield new Json.Obj(fields);
            }
            case ARRAY -> {
                var items = new ArrayList<Json>(node.size());
                node.forEach(item -> items.add(json(item)));
                yield new Json.Arr(List.copyOf(items));
            }
            case STRING, BINARY -> new Json.Text(node.asText());
            case NUMBER -> new Json.Num(node.doubleValue());
            case BOOLEAN -> new Json.Bool(node.booleanValue());
            case NULL, MISSING -> new Json.Null();
        };
    }

    private static JsonNode node(Json json) {
        var nodes = JsonNodeFactory.instance;
        return switch (json) {
            case Json.Obj(var fields) -> {
                var object = nodes.objectNode();
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
                var array = nodes.arrayNode();
                items.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Json.Text(var text) -> nodes.textNode(text);
            // A Struct has only doubles, but Helm charts distinguish 3 from 3.0: whole numbers get no fraction.
            case Json.Num(var number)
            when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> nodes.numberNode((long) number);
            case Json.Num(var number) -> nodes.numberNode(number);
            case Json.Bool(var bool) -> nodes.booleanNode(bool);
            case Json.Null() -> nodes.nullNode();
        };
    }
}
