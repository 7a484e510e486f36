package io.functionenvironment.json;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a text as kubectl does (sigs.k8s.io/yaml, go-yaml 2): with aliases and merge keys. A duplicate key, of which kubectl takes
 * the last, is an error.
 */
final class YamlReader {
    private static final Tag PLAIN = new Tag("!plain");
    private static final Set<Tag> RESOLVED = Set.of(PLAIN, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);
    static final String MERGE = "<<";
    /** Aliases of aliases could make a small text grow without bound. */
    private static final int MAX_NODES = 1_000_000;

    private static final int MAX_DEPTH = 200;

    private final String text;
    private final Map<String, String> booleanKeys;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    /** @param booleanKeys receives how keys are written that are read as a boolean */
    YamlReader(String text, Map<String, String> booleanKeys) {
        this.text = text;
        this.booleanKeys = booleanKeys;
    }

    List<Json> documents() {
        for (var next = text; ; ) {
            try {
                return documents(next);
            } catch (MarkedYAMLException e) {
                var problem = e;
                next = YamlTabs.replaced(next, e.getProblemMark())
                        .orElseThrow(() -> new InvalidYaml(at(problem.getProblem(), problem.getProblemMark())));
            } catch (YAMLException e) {
                throw new InvalidYaml(String.valueOf(e.getMessage()));
            }
        }
    }

    private List<Json> documents(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(MAX_DEPTH);
        var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        var composer = new Composer(parser, new PlainScalars(), options);
        var documents = new ArrayList<Json>();
        while (composer.checkNode()) {
            nodes = 0;
            var document = json(composer.getNode());
            if (!(document instanceof Json.Null)) {
                documents.add(document);
            }
        }
        return List.copyOf(documents);
    }

    /** Marks scalars that have neither quotes nor a tag. */
    private static final class PlainScalars extends Resolver {
        @Override
        protected void addImplicitResolvers() {}

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
        }
    }

    private Json json(Node node) {
        if (++nodes > MAX_NODES) {
            throw new InvalidYaml("has more than " + MAX_NODES + " values, some of them by aliases");
        }
        if (!open.add(node)) {
            throw new InvalidYaml(at("an alias contains itself", node.getStartMark()));
        }
        var json = switch (node) {
            case MappingNode mapping -> new Json.Obj(fields(mapping));
            case SequenceNode sequence ->
                new Json.Arr(sequence.getValue().stream().map(this::json).toList());
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new InvalidYaml(at("unknown node", node.getStartMark()));
        };
        open.remove(node);
        return json;
    }

    private static Json scalar(ScalarNode node) {
        var tag = node.getTag();
        if (tag.equals(Tag.BINARY)) {
            return new Json.Text(binary(node));
        }
        var resolved = RESOLVED.contains(tag) ? YamlScalar.of(node.getValue()) : new Json.Text(node.getValue());
        if (resolved instanceof Json.Num(var number) && !Double.isFinite(number)) {
            throw new InvalidYaml(at(node.getValue() + " is not a number in JSON", node.getStartMark()));
        }
        return resolved;
    }

    private static String binary(ScalarNode node) {
        try {
            return new String(Base64.getMimeDecoder().decode(node.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidYaml(at("!!binary is not base64", node.getStartMark()));
        }
    }

    /** In the order of the document: a merge key replaces what stands before it, and is replaced by what stands after it. */
    private Map<String, Json> fields(MappingNode mapping) {
        var fields = new LinkedHashMap<String, Json>();
        var own = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                fields.putAll(merged(tuple.getValueNode()));
                continue;
            }
            var key = key(tuple.getKeyNode());
            if (!own.add(key)) {
                throw new InvalidYaml(at(
                        "duplicate key " + Redaction.of(key), tuple.getKeyNode().getStartMark()));
            }
            fields.put(key, json(tuple.getValueNode()));
        }
        return fields;
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.MERGE)
                        || (scalar.getTag().equals(PLAIN) && scalar.getValue().equals(MERGE)));
    }

    private String key(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new InvalidYaml(at("a key must be a scalar", node.getStartMark()));
        }
        var text = scalar.getValue();
        return switch (RESOLVED.contains(scalar.getTag()) ? YamlScalar.of(text) : new Json.Text(text)) {
            case Json.Text(var key) -> key;
            case Json.Bool(var bool) -> {
                var key = String.valueOf(bool);
                if (!text.equals(key)) {
                    booleanKeys.putIfAbsent(key, text);
                }
                yield key;
            }
            case Json.Num(var number) -> YamlScalar.key(text, number);
            case Json other -> throw new InvalidYaml(at("a key is " + other.kind(), node.getStartMark()));
        };
    }

    /** The fields that a merge key adds: those of an object, or of several, of which the first wins. */
    private Map<String, Json> merged(Node value) {
        var fields = new LinkedHashMap<String, Json>();
        for (var node : value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value)) {
            if (!(node instanceof MappingNode && json(node) instanceof Json.Obj(var more))) {
                throw new InvalidYaml(at("a merge key needs an object or a list of objects", value.getStartMark()));
            }
            more.forEach(fields::putIfAbsent);
        }
        return fields;
    }

    private static String at(String problem, @Nullable Mark mark) {
        return mark == null
                ? problem
                : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + problem;
    }
}
