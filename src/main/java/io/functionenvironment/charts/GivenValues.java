package io.functionenvironment.charts;

import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values that a chart gets.
 *
 * @param path the field that has, or could have, whatever is written nowhere else
 * @param below those that others, which are not known, may replace
 * @param above those that win over all but what {@code unknown} says
 * @param replaced whether there are others, such as those of a Secret, between the two
 * @param unknown where values are not known, whatever is written there; the empty path stands for everywhere
 * @param sources where values are written, the ones that win first
 */
public record GivenValues(
        String path, Json.Obj below, Json.Obj above, boolean replaced, List<ValuePath> unknown, List<Source> sources) {

    /** Over those of a chart, as far as they are known. A null removes what the chart has. */
    Json.Obj over(Json.Obj chart) {
        return withoutNulls(Merge.over(chart, Merge.values(below, above)), chart);
    }

    /** Nulls of the chart itself stay. */
    private static Json.Obj withoutNulls(Json.Obj values, Json.Obj chart) {
        var copy = new LinkedHashMap<String, Json>();
        values.fields().forEach((key, value) -> {
            if (value instanceof Json.Obj object) {
                copy.put(key, withoutNulls(object, chart.object(key)));
            } else if (!(value instanceof Json.Null) || chart.fields().containsKey(key)) {
                copy.put(key, value);
            }
        });
        return new Json.Obj(copy);
    }

    /** Whether a value may be another one than is known here, or may exist although it is not known here. */
    boolean uncertain(Violation violation, boolean object) {
        var place = new ValuePath(violation.location());
        var itself = violation.about() == Violation.About.ITSELF
                || (violation.about() == Violation.About.CONTENT && !object);
        var written = itself && Pointer.at(above, violation.location()).isPresent();
        return unknown.stream().anyMatch(place::overlaps)
                || (replaced && !written)
                || (violation.conditional() && (replaced || !unknown.isEmpty()));
    }

    /** The field that a violation belongs to: of what is missing, the one that could have it. */
    String field(Violation violation, Json.Obj values) {
        var location = violation.location();
        return violation.about() == Violation.About.MISSING
                ? Pointer.path(path, values, location)
                : Stream.concat(
                                sources.stream().map(source -> source.field(location)),
                                sources.stream().map(source -> source.below(location)))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseGet(() -> Pointer.path(path, values, location));
    }
}
