package io.functionenvironment;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.status.Report;
import io.functionenvironment.status.StatusCondition;
import java.util.List;

/** What a call comes to, as a value: the server writes it, and the preview shows it. */
public sealed interface Evaluation {
    /**
     * Nothing can be done: Crossplane changes nothing.
     *
     * @param errors at least one
     * @param conditions what is reported
     */
    record Refused(List<FieldError> errors, List<StatusCondition> conditions) implements Evaluation {}

    /**
     * The Environment is evaluated; parts of it may have errors.
     *
     * @param graph what should exist
     * @param decisions what may be desired of it now
     * @param report the report
     * @param errors what of the request is not carried out
     * @param requirements what has to be looked up to plan it
     */
    record Evaluated(
            ComponentGraph graph,
            List<Decision> decisions,
            Report report,
            Observed observed,
            List<FieldError> errors,
            List<Requirement> requirements)
            implements Evaluation {}
}
