package io.functionenvironment.addon.manifests;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which volumes an object claims. PersistentVolumes are of the whole cluster: a claim that chooses one can get what somebody else has
 * released, with the data in it, or keep theirs from being bound.
 */
final class VolumeClaims {
    private static final List<String> CHOICES = List.of("volumeName", "selector");

    private VolumeClaims() {}

    /** The paths at which a claim, or a template of one in whatever object, chooses its volume. */
    static List<String> choices(Manifest manifest) {
        return manifest.kindAndGroup().equals("PersistentVolumeClaim")
                ? choices("", manifest.object()).toList()
                : templates("", manifest.object()).toList();
    }

    private static Stream<String> choices(String path, Json claim) {
        return CHOICES.stream()
                .filter(field -> claim.at("spec", field).isPresent())
                .map(field -> path + ".spec." + field);
    }

    private static Stream<String> templates(String path, Json json) {
        return switch (json) {
            case Json.Obj(var fields) ->
                new TreeMap<>(fields).entrySet().stream().flatMap(field -> {
                    var at = path + "." + field.getKey();
                    return switch (field.getKey()) {
                        case "volumeClaimTemplate" -> choices(at, field.getValue());
                        case "volumeClaimTemplates" -> claims(at, field.getValue());
                        default -> templates(at, field.getValue());
                    };
                });
            case Json.Arr(var items) ->
                IntStream.range(0, items.size()).boxed().flatMap(i -> templates(path + "[" + i + "]", items.get(i)));
            case Json.Text ignored -> Stream.empty();
            case Json.Num ignored -> Stream.empty();
            case Json.Bool ignored -> Stream.empty();
            case Json.Null ignored -> Stream.empty();
        };
    }

    private static Stream<String> claims(String path, Json json) {
        return json instanceof Json.Arr(var items)
                ? IntStream.range(0, items.size()).boxed().flatMap(i -> choices(path + "[" + i + "]", items.get(i)))
                : Stream.empty();
    }
}
