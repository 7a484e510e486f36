package io.functionenvironment.crossplane.observed;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What exists.
 *
 * @param composite the Environment itself
 * @param resources the composed resources that the Environment controls, by composition-resource-name
 * @param uncontrolled resources that stand in the Environment's {@code spec.crossplane.resourceRefs} under a
 *     composition-resource-name and have no controller. Crossplane 2.3 presents them like composed resources
 * @param required what Crossplane found for requirements, by the requirement's name; nothing under a name for which it has not
 *     looked yet
 */
public record Observed(
        ObservedResource composite,
        Map<String, ObservedResource> resources,
        Map<String, ObservedResource> uncontrolled,
        Map<String, List<ObservedResource>> required) {

    /**
     * Requirements with this prefix look up resources by our label. Crossplane stops tracking a resource as soon as it is no
     * longer desired, while its provider may still be deleting what it stands for.
     */
    public static final String LOOKUP = "untracked-";

    /** Sorts what Crossplane presents as composed into what the Environment controls and the rest. */
    public static Observed of(
            ObservedResource composite,
            Map<String, ObservedResource> presented,
            Map<String, List<ObservedResource>> required) {
        var controlled = new TreeMap<String, ObservedResource>();
        var uncontrolled = new TreeMap<String, ObservedResource>();
        presented.forEach(
                (name, resource) -> (resource.controlledBy(composite) ? controlled : uncontrolled).put(name, resource));
        return new Observed(composite, controlled, uncontrolled, required);
    }

    public Optional<ObservedResource> get(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    public boolean has(String name) {
        return resources.containsKey(name);
    }

    /** The name of the requirement that looks up resources of a type. */
    public static String lookup(Gvk gvk) {
        var plural = gvk.kind().toLowerCase(Locale.ROOT) + "s";
        var common = gvk.group().equals("helm.m.crossplane.io") || gvk.group().equals("kubernetes.m.crossplane.io");
        return LOOKUP + (common ? plural : plural + "." + gvk.group());
    }

    /** Whether Crossplane has answered the look-up of a type. */
    public boolean lookedUp(Gvk gvk) {
        return required.containsKey(lookup(gvk));
    }

    /** All resources that a look-up found and that are not among the composed resources, by name. */
    public Stream<ObservedResource> untracked() {
        return required.entrySet().stream()
                .filter(found -> found.getKey().startsWith(LOOKUP))
                .flatMap(found -> found.getValue().stream())
                .filter(found -> !tracks(found))
                .sorted(java.util.Comparator.comparing(ObservedResource::name));
    }

    private boolean tracks(ObservedResource found) {
        return resources.values().stream()
                .anyMatch(seen -> seen.name().equals(found.name()) && seen.gvk().sameKind(found.gvk()));
    }
}
