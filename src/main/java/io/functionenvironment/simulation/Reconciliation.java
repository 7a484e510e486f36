package io.functionenvironment.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One reconcile of a composite.
 *
 * @param calls how often the function was called: once more each time that its requirements change
 * @param request of the last call
 * @param response empty if the function could not be reached
 * @param created the composed resources that were created, by composition-resource-name, as in the next two
 * @param changed the composed resources that were changed, with the paths of the changed fields
 * @param deleted the composed resources that were deleted
 * @param error why nothing, or not everything, was applied
 */
public record Reconciliation(
        Instant at,
        Ref composite,
        int calls,
        PipelineRequest request,
        Optional<PipelineResponse> response,
        List<String> created,
        Map<String, Set<String>> changed,
        List<String> deleted,
        Optional<String> error) {

    /** One by which nothing is applied. */
    static Reconciliation ofCall(
            Instant at,
            Ref composite,
            int calls,
            PipelineRequest request,
            Optional<PipelineResponse> response,
            Optional<String> error) {
        return new Reconciliation(at, composite, calls, request, response, List.of(), Map.of(), List.of(), error);
    }
}
