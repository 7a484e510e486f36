package io.functionenvironment.addon;

import io.functionenvironment.graph.Component;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Subject;
import java.util.List;
import java.util.Optional;

/**
 * An add-on, as planned.
 *
 * @param components those that start, and those that exist and stay as they are
 * @param subject what its condition is about; empty shows no condition, as for an add-on that is not requested
 * @param status its fields of the status, given what was decided
 * @param errors what of the request cannot be carried out
 */
public record AddonPlan(
        List<Component> components, Optional<Subject> subject, StatusSection status, List<FieldError> errors) {

    /** What an add-on reports in the status. */
    public interface StatusSection {
        List<Json.Field> fields(Progress progress);
    }

    /** The plan of an add-on that is not requested. */
    public static final AddonPlan NONE = new AddonPlan(List.of(), Optional.empty(), progress -> List.of(), List.of());
}
