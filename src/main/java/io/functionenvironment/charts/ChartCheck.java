package io.functionenvironment.charts;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a chart's schema says of values.
 *
 * @param errors what it refuses for certain
 * @param unchecked what could not be checked
 * @param unusable why nothing could be checked
 */
public record ChartCheck(List<FieldError> errors, List<FieldError> unchecked, Optional<String> unusable) {

    /** Checks values. A chart without a schema allows everything. */
    public static ChartCheck of(ChartFile chart, GivenValues given) {
        var errors = new ArrayList<FieldError>();
        var unchecked = new ArrayList<FieldError>();
        if (chart.schema().isPresent()) {
            try {
                var values = given.over(chart.values());
                for (var violation : ChartSchema.of(chart.schema().get()).violations(values)) {
                    add(violation, given, values, errors, unchecked);
                }
            } catch (ChartSchema.Unusable bad) {
                return new ChartCheck(
                        List.of(), List.of(), Optional.of("the schema of the chart " + chart + " " + bad.getMessage()));
            }
        }
        return new ChartCheck(List.copyOf(errors), List.copyOf(unchecked), Optional.empty());
    }

    private static void add(
            Violation violation,
            GivenValues given,
            Json.Obj values,
            List<FieldError> errors,
            List<FieldError> unchecked) {
        var found = Pointer.at(values, violation.location());
        // A null of the chart itself stands for nothing.
        if (found.filter(Json.Null.class::isInstance).isPresent()) {
            return;
        }
        var field = given.field(violation, values);
        if (!given.uncertain(violation, found.filter(Json.Obj.class::isInstance).isPresent())) {
            errors.add(new FieldError(field, violation.message()));
        } else if (violation.about() == Violation.About.MISSING) {
            unchecked.add(new FieldError(
                    field, "is not checked: the chart requires it, and valuesFrom or set may supply it"));
        }
    }
}
