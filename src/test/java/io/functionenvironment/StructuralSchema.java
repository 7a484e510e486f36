package io.functionenvironment;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The schema of a version of a custom resource, as its CustomResourceDefinition has it. */
record StructuralSchema(Json schema) {
    /** The schema of the only version. */
    static StructuralSchema of(Json definition) {
        return new StructuralSchema(
                definition.items("spec", "versions").getFirst().object("schema", "openAPIV3Schema"));
    }

    /** What it says against a value: unknown fields, missing ones, and values of another type or not among those allowed. */
    List<String> errors(Json value) {
        return errors("", value, schema);
    }

    private static List<String> errors(String path, Json value, Json schema) {
        if (schema.isTrue("x-kubernetes-int-or-string")) {
            return value instanceof Json.Text || value instanceof Json.Num
                    ? List.of()
                    : List.of(path + " is " + value.kind() + " instead of a number or a string");
        }
        var type = schema.text("type").orElse("");
        var typed = switch (value) {
            case Json.Obj ignored -> type.equals("object");
            case Json.Arr ignored -> type.equals("array");
            case Json.Text ignored -> type.equals("string");
            case Json.Bool ignored -> type.equals("boolean");
            case Json.Num ignored -> type.equals("integer") || type.equals("number");
            case Json.Null ignored -> false;
        };
        if (!typed) {
            return List.of(path + " is " + value.kind() + " instead of " + type);
        }
        var errors = new ArrayList<String>();
        var allowed = schema.items("enum");
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            errors.add(path + " is none of " + allowed);
        }
        if (value instanceof Json.Arr(var items)) {
            items.forEach(item -> errors.addAll(errors(path + "[]", item, schema.object("items"))));
        }
        if (value instanceof Json.Obj(var fields) && !schema.isTrue("x-kubernetes-preserve-unknown-fields")) {
            schema.items("required").forEach(required -> {
                if (!fields.containsKey(((Json.Text) required).value())) {
                    errors.add(path + " has no " + required);
                }
            });
            fields.forEach((key, field) -> errors.addAll(schema.at("properties", key)
                    .or(() -> schema.at("additionalProperties"))
                    .map(property -> errors(path + "." + key, field, property))
                    .orElse(List.of(path + "." + key + " is unknown"))));
        }
        return errors;
    }
}
