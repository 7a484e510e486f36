package io.functionenvironment.catalog;

import dev.harrel.jsonschema.ValidatorFactory;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.util.LinkedHashMap;
import java.util.List;

/** Checks an object against the schema of its type with another library than the form uses. */
final class SchemaCheck {
    private SchemaCheck() {}

    static List<String> errors(RequestableType type, Json object) {
        return new ValidatorFactory()
                .validate(Yaml.json(schema(type.schema())), Yaml.json(object)).getErrors().stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError())
                        .toList();
    }

    /** In JSON Schema, an exclusive bound is a number; in the schema of a definition, a boolean beside the bound. */
    private static Json schema(Json json) {
        return switch (json) {
            case Json.Obj(var fields) -> {
                var kept = new LinkedHashMap<String, Json>();
                fields.forEach((key, value) -> {
                    if (!(key.startsWith("exclusive") && value instanceof Json.Bool)) {
                        kept.put(key, schema(value));
                    }
                });
                yield new Json.Obj(kept);
            }
            case Json.Arr(var items) ->
                new Json.Arr(items.stream().map(SchemaCheck::schema).toList());
            case Json other -> other;
        };
    }
}
