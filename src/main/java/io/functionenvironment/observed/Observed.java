package io.functionenvironment.observed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What exists.
 *
 * @param composite the Environment itself
 * @param resources what it is composed of, by composition-resource-name
 * @param leftovers what a look-up by our label found, or empty if nobody looked yet. Crossplane forgets a resource as
 *     soon as it is no longer desired, while the provider may still be busy removing what it stands for.
 */
public record Observed(
        ObservedResource composite,
        Map<String, ObservedResource> resources,
        Optional<List<ObservedResource>> leftovers) {

    public Optional<ObservedResource> get(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    public boolean has(String name) {
        return resources.containsKey(name);
    }
}
