package io.functionenvironment.cluster.cloud;

import io.functionenvironment.cluster.cloud.CloudPart.Fixed;
import io.functionenvironment.cluster.cloud.CloudPart.Fixed.Absence;
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
    private static final Json NOTHING = new Json.Text("");

    /** An error for each of them that a size would change. */
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
            var wanted = wanted(fixed, part);
            var present = present(fixed, seen);
            return differ(fixed, wanted, present)
                    ? Stream.of(error(with(fixed, wanted), has(fixed, present), with(fixed, present)))
                    : Stream.empty();
        });
        var configured = Stream.of("kind", "name")
                .filter(key -> ref.text(key).isPresent()
                        && !ref.text(key).equals(config(config).text(key)))
                .map(key -> error(
                        "with providerConfig." + key + " " + text(config(config), key),
                        "has " + text(ref, key),
                        "with providerConfig." + key + " " + text(ref, key)));
        return Stream.concat(configured, fields);
    }

    private static String text(Json.Obj ref, String key) {
        return text(new Json.Text(ref.text(key).orElse("")));
    }

    private static Json.Obj config(ProviderConfigRef ref) {
        return Json.obj(Json.field("kind", ref.kind()), Json.field("name", ref.name()));
    }

    /** What was chosen for a size that names nothing suits each such size, and no size that names something else. */
    private static boolean differ(Fixed fixed, Optional<Json> wanted, Optional<Json> present) {
        if (wanted.isPresent() && present.isPresent()) {
            return !same(wanted.get(), present.get());
        }
        return fixed.absence() instanceof Absence.Chosen ? wanted.isPresent() : !wanted.equals(present);
    }

    private static Optional<Json> wanted(Fixed fixed, CloudPart part) {
        return value(fixed, part.forProvider().at(path(fixed)), Optional.empty());
    }

    private static Optional<Json> present(Fixed fixed, ObservedResource seen) {
        return value(
                fixed,
                seen.body().object("spec", "forProvider").at(path(fixed)),
                seen.body().object("status", "atProvider").at(path(fixed)).filter(some -> !some.equals(NOTHING)));
    }

    /** @param chosen what the provider reports, which also tells what nobody requested */
    private static Optional<Json> value(Fixed fixed, Optional<Json> requested, Optional<Json> chosen) {
        return switch (fixed.absence()) {
            case Absence.Chosen() -> requested.or(() -> chosen);
            case Absence.None() -> requested.filter(some -> !some.equals(new Json.Bool(false)));
            case Absence.Default(var value) -> requested.or(() -> Optional.of(new Json.Text(value)));
        };
    }

    private static String[] path(Fixed fixed) {
        return fixed.path().split("\\.", -1);
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

    private FieldError error(String wanted, String present, String possible) {
        return new FieldError(
                "spec.size",
                "is " + inputs.environment().size().orElse("") + ", a size " + wanted
                        + ", but this Environment's cluster "
                        + present + ", which cannot change; request a size " + possible
                        + ", or create a new Environment");
    }

    private static String with(Fixed fixed, Optional<Json> value) {
        if (value.isEmpty()) {
            return "without " + fixed.setting();
        }
        return "with " + fixed.setting() + (onlyPresence(fixed, value.get()) ? "" : " " + text(value.get()));
    }

    private static String has(Fixed fixed, Optional<Json> value) {
        return value.map(some -> onlyPresence(fixed, some) ? "has one" : "has " + text(some))
                .orElse("has none");
    }

    /** Whether a value only says that there is something. */
    private static boolean onlyPresence(Fixed fixed, Json value) {
        return fixed.absence() instanceof Absence.None && value instanceof Json.Bool;
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
