package io.functionenvironment.crossplane.wire;

import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the function itself says in a response.
 *
 * @param resources what it desires, each under a name that no earlier step uses
 * @param composite what it says about the composite; empty leaves what earlier steps say as it is
 * @param requirements resources that Crossplane is to look for; they come with a further call for the same state
 * @param ttl after how long Crossplane calls again at the latest
 */
public record ResponseContent(
        List<DesiredResource> resources,
        Optional<DesiredComposite> composite,
        List<Condition> conditions,
        List<Result> results,
        List<Requirement> requirements,
        Optional<Duration> ttl) {

    /** A composed resource by its composition-resource-name. */
    public record DesiredResource(String name, Json.Obj body, boolean ready) {}

    /**
     * The composite's status, merged over what earlier steps say about it.
     *
     * @param ready false makes the composite unready even if all its resources are ready: some may not be desired yet
     */
    public record DesiredComposite(Json.Obj status, boolean ready) {
        public DesiredComposite {
            status = Printable.of(status);
        }
    }

    /** A condition of the composite. */
    public record Condition(String type, ConditionStatus status, String reason, String message) {
        public Condition {
            message = Printable.of(message);
        }
    }

    public enum ConditionStatus {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** An event on the composite, or for {@link Severity#FATAL} the error that ends the pipeline. */
    public record Result(Severity severity, String reason, String message) {
        public Result {
            message = Printable.of(message);
        }
    }

    public enum Severity {
        /** Crossplane changes nothing. */
        FATAL,
        WARNING,
        NORMAL
    }

    /** Content that ends the pipeline. */
    public static ResponseContent fatal(String reason, String message, List<Condition> conditions) {
        return new ResponseContent(
                List.of(),
                Optional.empty(),
                conditions,
                List.of(new Result(Severity.FATAL, reason, message)),
                List.of(),
                Optional.empty());
    }
}
