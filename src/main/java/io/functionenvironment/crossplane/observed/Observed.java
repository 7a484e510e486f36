package io.functionenvironment.crossplane.observed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What exists.
 *
 * @param composite the Environment itself
 * @param resources what it is composed of, by composition-resource-name
 * @param releases the Releases that a look-up by our label found, or empty if nobody looked yet. Crossplane forgets a
 *     resource as soon as it is no longer desired, while the provider may still be busy removing what it stands for.
 * @param objects likewise the Objects, among which may be those of a former Environment of the same name
 */
public record Observed(
        ObservedResource composite,
        Map<String, ObservedResource> resources,
        Optional<List<ObservedResource>> releases,
        Optional<List<ObservedResource>> objects) {

    public Optional<ObservedResource> get(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    public boolean has(String name) {
        return resources.containsKey(name);
    }

    /** Whether a resource that a look-up found is one of those we see anyway. */
    public boolean sees(ObservedResource found) {
        return resources.values().stream()
                .anyMatch(seen -> seen.name().equals(found.name())
                        && seen.body().text("kind").equals(found.body().text("kind")));
    }
}
