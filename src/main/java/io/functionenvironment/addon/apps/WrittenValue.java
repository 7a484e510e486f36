package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value that an app writes.
 *
 * @param field its path in the request
 * @param empty whether it is an empty object, which changes nothing that an object below it has
 */
record WrittenValue(ValuePath path, String field, boolean empty) {
    static List<WrittenValue> of(App app) {
        return of(
                        new ValuePath(List.of()),
                        FieldReader.at(app.path() + ".values", Optional.of(app.values()), new FieldErrors()))
                .filter(value -> !value.path.keys().isEmpty())
                .map(value -> app.resourceValues().stream()
                        .filter(resource -> resource.to().equals(value.path))
                        .findFirst()
                        .map(resource -> new WrittenValue(value.path, resource.path(), value.empty))
                        .orElse(value))
                .toList();
    }

    private static Stream<WrittenValue> of(ValuePath path, FieldReader at) {
        return at.value() instanceof Json.Obj(var fields) && !fields.isEmpty()
                ? fields.keySet().stream().sorted().flatMap(key -> of(path.child(key), at.field(key)))
                : Stream.of(new WrittenValue(path, at.path(), at.value() instanceof Json.Obj));
    }

    /** Whether a value at a path would be another one without it. */
    boolean changes(ValuePath other) {
        return empty ? path.within(other) : path.overlaps(other);
    }

    /** Whether what others write at a path counts no more. */
    boolean replaces(ValuePath other) {
        return !empty && other.within(path);
    }
}
