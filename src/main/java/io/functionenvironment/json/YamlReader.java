package io.functionenvironment.json;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
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

/** Reads a text as kubectl does (sigs.k8s.io/yaml): with aliases and merge keys, and without duplicate keys. */
final class YamlReader {
    private static final Tag PLAIN = new Tag("!plain");
    static final String MERGE = "<<";
    /** Aliases of aliases could make a small text grow without bound. */
    private static final int MAX_NODES = 1_000_000;

    private final String text;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    YamlReader(String text) {
        this.text = text;
    }

    List<Json> documents() {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        var composer = new Composer(parser, new PlainScalars(), options);
        var documents = new ArrayList<Json>();
        try {
            while (composer.checkNode()) {
                var document = json(composer.getNode());
                if (!(document instanceof Json.Null)) {
                    documents.add(document);
                }
            }
        } catch (MarkedYAMLException e) {
            throw new InvalidYaml(at(e.getProblem(), e.getProblemMark()));
        } catch (YAMLException e) {
            throw new InvalidYaml(String.valueOf(e.getMessage()));
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
            throw new InvalidYaml("its aliases expand to more than " + MAX_NODES + " values");
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
        var value = value(node);
        if (value instanceof Json.Num(var number) && !Double.isFinite(number)) {
            throw new InvalidYaml(at(node.getValue() + " is not a number in JSON", node.getStartMark()));
        }
        return value;
    }

    private static Json value(ScalarNode node) {
        var tag = node.getTag();
        var resolved = tag.equals(PLAIN)
                || (node.getScalarStyle() == ScalarStyle.PLAIN
                        && Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL).contains(tag));
        return resolved ? YamlScalar.of(node.getValue()) : new Json.Text(node.getValue());
    }

    private Map<String, Json> fields(MappingNode mapping) {
        var own = new LinkedHashMap<String, Json>();
        var merged = new LinkedHashMap<String, Json>();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (key instanceof ScalarNode scalar
                    && scalar.getTag().equals(PLAIN)
                    && scalar.getValue().equals(MERGE)) {
                merge(tuple.getValueNode()).forEach(merged::putIfAbsent);
            } else if (own.put(key(key), json(tuple.getValueNode())) != null) {
                throw new InvalidYaml(at("duplicate key " + Redaction.of(key(key)), key.getStartMark()));
            }
        }
        own.forEach(merged::put);
        return merged;
    }

    private static String key(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new InvalidYaml(at("a key must be a scalar", node.getStartMark()));
        }
        return switch (scalar(scalar)) {
            case Json.Text(var text) -> text;
            case Json.Bool(var bool) -> String.valueOf(bool);
            case Json.Num(var number)
            when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> String.valueOf((long) number);
            case Json.Num(var number) -> String.valueOf(number);
            case Json other -> throw new InvalidYaml(at("a key is " + other.kind(), node.getStartMark()));
        };
    }

    /** The fields that a merge key adds: those of an object, or of several, of which the first wins. */
    private Map<String, Json> merge(Node value) {
        return switch (value) {
            case MappingNode mapping when json(mapping) instanceof Json.Obj(var fields) -> fields;
            case SequenceNode sequence -> {
                var fields = new LinkedHashMap<String, Json>();
                sequence.getValue().forEach(item -> merge(item).forEach(fields::putIfAbsent));
                yield fields;
            }
            default ->
                throw new InvalidYaml(at("a merge key needs an object or a list of objects", value.getStartMark()));
        };
    }

    private static String at(String problem, org.yaml.snakeyaml.error.Mark mark) {
        return mark == null
                ? problem
                : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + problem;
    }
}
