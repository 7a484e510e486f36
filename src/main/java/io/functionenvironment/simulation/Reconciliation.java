package io.functionenvironment.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One reconciliation of a composite.
 *
 * @param calls how often the function was called, since it may require more things each time
 * @param call what it was shown the last time
 * @param answer empty if the function could not be reached
 * @param created what was applied that did not exist, by composition-resource-name, as are the next two
 * @param changed which fields of what existed were changed
 * @param removed what was deleted
 * @param error why nothing, or not all, was applied
 */
public record Reconciliation(
        Instant at,
        Ref composite,
        int calls,
        Call call,
        Optional<Answer> answer,
        List<String> created,
        Map<String, Set<String>> changed,
        List<String> removed,
        Optional<String> error) {}
