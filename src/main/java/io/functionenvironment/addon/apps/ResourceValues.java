package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.ResourceValue;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Obstacle.MissingValue;
import io.functionenvironment.graph.Obstacle.MissingValue.Reason;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What apps of a team have of other resources. Crossplane fails the whole reconciliation, and blocks those of others, if it has to
 * look up what it may not read. It reads what its own composite resources are, so only these can be requested, and each is looked
 * up once its definition shows that Crossplane watches its kind.
 *
 * @param errors receives what cannot be requested
 */
record ResourceValues(Inputs inputs, FieldErrors errors) {
    private static final int LONGEST = 1024;
    /** From here on a whole number may be changed on its way, where each number is a double. */
    private static final double EXACT = 1L << 53;

    /** An app with the values that are there, or that it had last. */
    record Filled(App app, Optional<MissingValue> missing, List<MissingValue> kept) {}

    /** What comes of a look-up. */
    private sealed interface Answer {
        record Value(Json value) implements Answer {}

        record Missing(Reason reason, String definition) implements Answer {}
    }

    private ResourceDefinitions definitions() {
        return new ResourceDefinitions(inputs);
    }

    /** What is to be looked up. */
    List<Requirement> requirements() {
        return inputs.environment().apps().stream()
                .flatMap(app -> app.resourceValues().stream())
                .flatMap(value -> Stream.concat(
                        definitions().requirements(value),
                        definitions().readable(value) ? Stream.of(resource(value)) : Stream.empty()))
                .distinct()
                .toList();
    }

    /** The app with its values; empty, with errors, if it may not have them. */
    Optional<Filled> fill(App app) {
        var before = errors.size();
        var filled = app;
        var missing = Optional.<MissingValue>empty();
        var kept = new ArrayList<MissingValue>();
        for (var value : app.resourceValues()) {
            if (!definitions().allow(value, errors)) {
                continue;
            }
            switch (answer(value)) {
                case Answer.Value(var json) -> filled = filled.with(value, json);
                case Answer.Missing(var reason, var definition) -> {
                    var what = new MissingValue(value.from().text(), value.resource(), definition, reason);
                    var last = last(app, value);
                    if (last.isPresent()) {
                        filled = filled.with(value, last.get());
                        kept.add(what);
                    } else {
                        missing = missing.or(() -> Optional.of(what));
                    }
                }
            }
        }
        return errors.size() == before ? Optional.of(new Filled(filled, missing, List.copyOf(kept))) : Optional.empty();
    }

    private Answer answer(ResourceValue value) {
        var name = definitions().names(value);
        if (!definitions().readable(value)) {
            return new Answer.Missing(definitions().unreadable(value), name);
        }
        if (looked(resource(value)).isEmpty()) {
            return new Answer.Missing(Reason.NOT_LOOKED_UP, name);
        }
        return seen(resource(value))
                .<Answer>map(found -> value.from()
                        .in(found.body())
                        // Controllers write an empty text before they know one.
                        .filter(json -> !json.equals(new Json.Text("")))
                        .<Answer>map(json ->
                                usable(json) ? new Answer.Value(json) : new Answer.Missing(Reason.UNUSABLE, name))
                        .orElseGet(() -> new Answer.Missing(Reason.NO_VALUE, name)))
                .orElseGet(() -> new Answer.Missing(Reason.NO_RESOURCE, name));
    }

    private static boolean usable(Json json) {
        return switch (json) {
            case Json.Text(var text) -> text.length() <= LONGEST;
            case Json.Num(var number) -> Double.isFinite(number) && Math.abs(number) < EXACT;
            case Json.Bool ignored -> true;
            case Json.Obj ignored -> false;
            case Json.Arr ignored -> false;
            case Json.Null ignored -> false;
        };
    }

    /** The value that the app has, as the Release that exists shows. */
    private Optional<Json> last(App app, ResourceValue value) {
        return Release.existing(inputs.observed(), Apps.component(app.name()))
                .flatMap(release ->
                        release.values().inline().at(value.to().keys().toArray(String[]::new)))
                .filter(ResourceValues::usable);
    }

    private Requirement resource(ResourceValue value) {
        var digest = Digest.of(Json.texts(value.apiVersion(), value.kind(), value.name()));
        return new Requirement(
                "value-" + digest,
                new Gvk(value.apiVersion(), value.kind()),
                inputs.environment().identity().namespace(),
                new Match.ByName(value.name()));
    }

    private Optional<List<ObservedResource>> looked(Requirement requirement) {
        return Optional.ofNullable(inputs.observed().required().get(requirement.name()));
    }

    private Optional<ObservedResource> seen(Requirement requirement) {
        return looked(requirement).flatMap(found -> found.stream().findFirst());
    }
}
