package io.functionenvironment.charts;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Places in JSON, as keys and the numbers of items. */
final class Pointer {
    private Pointer() {}

    /** The keys of a JSON pointer. */
    static List<String> keys(String pointer) {
        return Stream.of(pointer.split("/", -1))
                .skip(1)
                .map(key -> key.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** What is at a place, also null. */
    static Optional<Json> at(Json root, List<String> keys) {
        var here = Optional.of(root);
        for (var key : keys) {
            here = here.flatMap(json -> switch (json) {
                case Json.Obj(var fields) -> Optional.ofNullable(fields.get(key));
                case Json.Arr(var items) -> item(items, key);
                default -> Optional.empty();
            });
        }
        return here;
    }

    private static Optional<Json> item(List<Json> items, String key) {
        return key.matches("[0-9]{1,9}")
                ? items.stream().skip(Integer.parseInt(key)).findFirst()
                : Optional.empty();
    }

    /** The path of a place, as errors name it. */
    static String path(String base, Json root, List<String> keys) {
        var path = base;
        var here = Optional.of(root);
        for (var key : keys) {
            path = here.filter(Json.Arr.class::isInstance).isPresent()
                    ? path + "[" + key + "]"
                    : FieldReader.at(path, Optional.empty(), new FieldErrors())
                            .field(key)
                            .path();
            here = here.flatMap(json -> at(json, List.of(key)));
        }
        return path;
    }
}
