package io.functionenvironment.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads YAML and JSON, and writes YAML. */
public final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .stringQuotingChecker(new QuotingChecker())
            .build());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Characters that JSON allows in a string, and YAML refuses or reads as the end of a line. */
    private static final Pattern SPECIAL = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    /** Quotes what {@link YamlReader} would not read as a string. */
    private static final class QuotingChecker extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || name.equals(YamlReader.MERGE) || !YamlScalar.isText(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || !YamlScalar.isText(value);
        }
    }

    private Yaml() {}

    /**
     * The documents of a text, without empty ones, as kubectl reads them.
     *
     * @throws InvalidYaml if the text is not YAML, or is YAML that kubectl rejects
     */
    public static List<Json> documents(String text) {
        return documents(text, new HashMap<>());
    }

    /**
     * Likewise.
     *
     * @param booleanKeys receives the keys {@code true} and {@code false}, with how one of them is written if it is in another
     *     way, such as {@code y}
     */
    public static List<Json> documents(String text, Map<String, String> booleanKeys) {
        return text.stripLeading().startsWith("{")
                ? objects(text, booleanKeys)
                : new YamlReader(text, booleanKeys).documents();
    }

    /** JSON, of which one text may contain several objects; an object in YAML's own style, if it is none. */
    private static List<Json> objects(String text, Map<String, String> booleanKeys) {
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll().stream().map(Yaml::json).toList();
        } catch (IOException notJson) {
            return new YamlReader(text, booleanKeys).documents();
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
            case NUMBER -> {
                if (!Double.isFinite(node.doubleValue())) {
                    throw new InvalidYaml(ExactNumbers.beginning(node.asText()) + " is too large for a number");
                }
                yield new Json.Num(node.doubleValue());
            }
            case BOOLEAN -> new Json.Bool(node.booleanValue());
            case NULL, MISSING -> new Json.Null();
        };
    }

    /** A document with sorted keys: apiVersion, kind and metadata first, then all others in alphabetical order. */
    public static String text(Json document) {
        try {
            return MAPPER.writeValueAsString(node(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document as JSON, with its keys in the same order. */
    public static String json(Json document) {
        return node(document).toPrettyString();
    }

    /** A value as JSON in one line that every YAML reader reads as the same value. Equal values have the same text. */
    public static String compact(Json value) {
        return SPECIAL.matcher(node(value).toString())
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
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
