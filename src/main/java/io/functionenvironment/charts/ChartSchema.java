package io.functionenvironment.charts;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The schema of a chart's values. */
final class ChartSchema {
    private final Json root;
    private final Validator validator;
    private final URI uri;

    private ChartSchema(Json root, Validator validator, URI uri) {
        this.root = root;
        this.validator = validator;
        this.uri = uri;
    }

    /** A schema cannot be used. The message continues a sentence that begins with the schema. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    static ChartSchema of(String text) throws Unusable {
        try {
            var root = Yaml.documents(text).stream().findFirst().orElse(Json.Obj.EMPTY);
            var validator = new ValidatorFactory()
                    .withSchemaResolver(ChartSchema::elsewhere)
                    .createValidator();
            return new ChartSchema(root, validator, validator.registerSchema(Yaml.compact(root)));
        } catch (InvalidYaml | JsonSchemaException bad) {
            throw unusable(bad);
        }
    }

    /** Nothing is fetched: what is at another address allows everything. The validator itself has the schemas of schemas. */
    private static SchemaResolver.Result elsewhere(String address) {
        return address.matches("https?://(?!json-schema\\.org/).*")
                ? SchemaResolver.Result.fromString("true")
                : SchemaResolver.Result.empty();
    }

    private static Unusable unusable(RuntimeException bad) {
        return new Unusable("cannot be used: "
                + (bad instanceof InvalidSchemaException ? "it is not a valid JSON Schema" : bad.getMessage()));
    }

    /** What values violate, by their place. What is wrong with a part counts, and not that the whole is wrong then. */
    List<Violation> violations(Json.Obj values) throws Unusable {
        List<Error> errors;
        try {
            errors = validator.validate(uri, Yaml.compact(values)).getErrors();
        } catch (JsonSchemaException bad) {
            throw unusable(bad);
        }
        var words = new SchemaWords(root, values, errors);
        var dangling = errors.stream().flatMap(words::dangling).findFirst();
        if (dangling.isPresent()) {
            throw new Unusable("cannot be used: it refers to " + dangling.get() + ", which does not exist");
        }
        return errors.stream()
                .filter(error ->
                        Violation.alternatives(error.getEvaluationPath()).isEmpty())
                .filter(error -> words.alternatives(error)
                        || errors.stream()
                                .noneMatch(
                                        other -> other.getEvaluationPath().startsWith(error.getEvaluationPath() + "/")))
                .filter(error -> !"if".equals(error.getKeyword()))
                .flatMap(error -> violations(error, words))
                .sorted(Comparator.comparing(violation -> String.join("\0", violation.location())))
                .distinct()
                .toList();
    }

    private static Stream<Violation> violations(Error error, SchemaWords words) {
        var location = Pointer.keys(error.getInstanceLocation());
        var conditional = Violation.conditional(error.getEvaluationPath());
        if ("required".equals(error.getKeyword())) {
            return words.missing(error)
                    .map(key -> new Violation(
                            Stream.concat(location.stream(), Stream.of(key)).toList(),
                            Violation.About.MISSING,
                            conditional,
                            "is missing; the chart requires it"));
        }
        var key = error.getKeyword();
        var about = key == null || key.equals("type") ? Violation.About.ITSELF : Violation.About.CONTENT;
        return Stream.of(new Violation(location, about, conditional, words.of(error)));
    }
}
