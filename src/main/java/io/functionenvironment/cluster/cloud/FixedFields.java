package io.functionenvironment.cluster.cloud;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.ProviderConfigRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What cannot change of a cluster that exists. A provider would look for it elsewhere, and leave the former one running, or refuse
 * the change for ever.
 */
record FixedFields(Inputs inputs) {

    /** An error for each of them that a size would change. A field that the size does not have may have been set by the provider. */
    List<FieldError> changes(List<CloudPart> parts, ProviderConfigRef config) {
        return parts.stream()
                .flatMap(part ->
                        inputs.observed().get(part.name()).stream().flatMap(seen -> changes(part, config, seen)))
                .distinct()
                .toList();
    }

    private Stream<FieldError> changes(CloudPart part, ProviderConfigRef config, ObservedResource seen) {
        var ref = seen.body().object("spec", "providerConfigRef");
        var fields = part.fixed().stream().flatMap(fixed -> {
            var desired = at(part.forProvider(), fixed.path());
            var observed = at(seen.body().object("spec", "forProvider"), fixed.path());
            return desired
                    .filter(value -> observed.isPresent() && !same(value, observed.get()))
                    .stream()
                    .map(value -> error(fixed.setting(), value, observed.orElseThrow()));
        });
        var configured = Stream.of("kind", "name")
                .filter(key -> ref.text(key).isPresent()
                        && !ref.text(key).equals(config(config).text(key)))
                .map(key -> error(
                        "providerConfig." + key,
                        new Json.Text(config(config).text(key).orElse("")),
                        new Json.Text(ref.text(key).orElse(""))));
        return Stream.concat(configured, fields);
    }

    private static Json.Obj config(ProviderConfigRef ref) {
        return Json.obj(Json.field("kind", ref.kind()), Json.field("name", ref.name()));
    }

    private static Optional<Json> at(Json.Obj object, String path) {
        return object.at(path.split("\\.", -1));
    }

    /** Lists are sets at all clouds. A network of Google Cloud is a name, a path that ends with it, or an address that ends with that. */
    private static boolean same(Json one, Json other) {
        if (one instanceof Json.Arr(var some) && other instanceof Json.Arr(var others)) {
            return new HashSet<>(some).equals(new HashSet<>(others));
        }
        if (one instanceof Json.Text(var some) && other instanceof Json.Text(var others)) {
            return some.equals(others) || some.endsWith("/" + others) || others.endsWith("/" + some);
        }
        return one.equals(other);
    }

    private FieldError error(String field, Json desired, Json observed) {
        return new FieldError(
                "spec.size",
                "is " + inputs.environment().size().orElse("") + ", a size with " + field + " " + text(desired)
                        + ", but this Environment's cluster has " + text(observed)
                        + ", which cannot change; request a size with " + field + " " + text(observed)
                        + ", or create a new Environment");
    }

    private static String text(Json value) {
        return switch (value) {
            case Json.Text(var text) -> Redaction.of(text);
            case Json.Bool(var bool) -> String.valueOf(bool);
            case Json.Num(var number) -> number == Math.rint(number) ? String.valueOf((long) number) : "" + number;
            case Json.Arr(var items) ->
                String.join(", ", items.stream().map(FixedFields::text).toList());
            case Json.Obj ignored -> "another value";
            case Json.Null() -> "none";
        };
    }
}
