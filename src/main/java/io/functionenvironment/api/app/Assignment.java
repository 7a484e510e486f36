package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A value for one place in Helm values, as {@code helm --set} assigns it.
 *
 * @param steps the way to the place, of which the first is a key
 */
public record Assignment(List<Step> steps, Json value) {
    /** From here on a template writes a double with an exponent. */
    private static final double LARGE = 1_000_000;

    /** From an object or a list to what it contains. */
    sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    /** The way to what changes: to a list as a whole, because values are merged key by key only as far as objects go. */
    public ValuePath path() {
        var keys = new ArrayList<String>();
        for (var step : steps) {
            switch (step) {
                case Step.Key(var name) -> keys.add(name);
                case Step.Index ignored -> {
                    return new ValuePath(List.copyOf(keys));
                }
            }
        }
        return new ValuePath(List.copyOf(keys));
    }

    /** Whether it changes a list in part. */
    public boolean indexed() {
        return steps.stream().anyMatch(Step.Index.class::isInstance);
    }

    /** Whether a template writes its value in another way if it comes from a document and not from {@code helm --set}. */
    public boolean large() {
        return value instanceof Json.Arr(var items) ? items.stream().anyMatch(Assignment::large) : large(value);
    }

    private static boolean large(Json json) {
        return json instanceof Json.Num(var number) && Math.abs(number) >= LARGE;
    }

    /** The values with this one; empty if the way leads through a value of another type, which Helm refuses. */
    public Optional<Json.Obj> over(Json.Obj values) {
        return place(Optional.of(values), steps)
                .flatMap(json -> json instanceof Json.Obj object ? Optional.of(object) : Optional.empty());
    }

    /** @param here empty if there is nothing yet */
    private Optional<Json> place(Optional<Json> here, List<Step> rest) {
        if (rest.isEmpty()) {
            return Optional.of(value);
        }
        var next = rest.subList(1, rest.size());
        return switch (rest.getFirst()) {
            case Step.Key(var name) ->
                here.orElse(Json.Obj.EMPTY) instanceof Json.Obj(var fields)
                        ? place(Optional.ofNullable(fields.get(name)), next).map(inner -> {
                            var copy = new LinkedHashMap<>(fields);
                            copy.put(name, inner);
                            return new Json.Obj(copy);
                        })
                        : Optional.empty();
            case Step.Index(var index) ->
                here.orElse(Json.arr()) instanceof Json.Arr(var items)
                        ? place(item(items, index, next), next).map(inner -> {
                            var copy = new ArrayList<>(items);
                            while (copy.size() <= index) {
                                copy.add(new Json.Null());
                            }
                            copy.set(index, inner);
                            return new Json.Arr(List.copyOf(copy));
                        })
                        : Optional.empty();
        };
    }

    /** An item to go on from: of the wrong type, Helm replaces it by an object, and by a list only if it is null. */
    private static Optional<Json> item(List<Json> items, int index, List<Step> next) {
        return items.stream()
                .skip(index)
                .findFirst()
                .filter(item -> !(item instanceof Json.Null))
                .filter(item -> item instanceof Json.Obj || next.isEmpty() || next.getFirst() instanceof Step.Index);
    }
}
