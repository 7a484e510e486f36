package io.functionenvironment.addon.manifests;

import io.functionenvironment.json.Json;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where an object has finalizers for the objects that controllers make of it, such as those of {@code spec.template}. Nobody removes
 * them, so that the objects, and the namespace with them, do not terminate.
 */
final class Finalizers {
    private Finalizers() {}

    /** The paths of the finalizers in templates of a manifest. Its own metadata has none. */
    static Stream<String> in(Manifest manifest) {
        return in("", manifest.object());
    }

    private static Stream<String> in(String path, Json json) {
        return switch (json) {
            case Json.Obj(var fields) ->
                new TreeMap<>(fields)
                        .entrySet().stream()
                                .flatMap(field -> Stream.concat(
                                        field.getKey().equals("metadata")
                                                        && field.getValue()
                                                                .at("finalizers")
                                                                .isPresent()
                                                ? Stream.of(path + ".metadata.finalizers")
                                                : Stream.empty(),
                                        in(path + "." + field.getKey(), field.getValue())));
            case Json.Arr(var items) ->
                IntStream.range(0, items.size()).boxed().flatMap(i -> in(path + "[" + i + "]", items.get(i)));
            case Json.Text ignored -> Stream.empty();
            case Json.Num ignored -> Stream.empty();
            case Json.Bool ignored -> Stream.empty();
            case Json.Null ignored -> Stream.empty();
        };
    }
}
