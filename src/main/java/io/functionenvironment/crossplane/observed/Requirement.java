package io.functionenvironment.crossplane.observed;

import java.util.Map;

/**
 * Resources that Crossplane is to look up. They come with a further call for the same state. Crossplane fails the whole
 * reconciliation if it cannot look something up, for example because no such type is served.
 *
 * @param name under which the answer comes
 * @param namespace empty for a cluster-scoped type
 */
public record Requirement(String name, Gvk gvk, String namespace, Match match) {

    /** Which resources of the type. */
    public sealed interface Match {
        /** The one of a name. */
        record ByName(String name) implements Match {}

        /** All that have these labels. */
        record ByLabels(Map<String, String> labels) implements Match {}
    }
}
