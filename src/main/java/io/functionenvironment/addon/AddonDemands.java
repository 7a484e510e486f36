package io.functionenvironment.addon;

import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.UntrackedResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What add-ons need of the cluster: what is requested, and what is not gone yet. A quota without the share of what is being removed
 * would restart the cluster in the middle of that, and might have no room for what removes it.
 */
public record AddonDemands(Inputs inputs, List<Addon> addons) {

    /**
     * The sum.
     *
     * @param requested what is requested, by component
     */
    public Demands with(Map<String, Demands> requested) {
        var demands = remaining();
        demands.replaceAll((component, some) -> some.whileRemoving());
        demands.putAll(requested);
        return Demands.sum(demands);
    }

    /** Of what exists, of what Crossplane no longer tracks, and of what is remembered as long as nobody has looked for it. */
    private Map<String, Demands> remaining() {
        var demands = new HashMap<String, Demands>();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        for (var item : inputs.memory().removing()) {
            if (!inputs.observed().lookedUp(new Gvk(item.apiVersion(), item.kind()))) {
                addons.forEach(addon -> demands.merge(
                        item.component(), addon.demands(item.component(), Optional.empty()), Demands::plus));
            }
        }
        new UntrackedResources(inputs.observed(), observed.environment())
                .uninstalling()
                .forEach((component, seen) -> demands.put(component, of(component, seen, observed)));
        inputs.observed()
                .resources()
                .forEach((component, seen) -> demands.put(component, of(component, seen, observed)));
        return demands;
    }

    private Demands of(String component, ObservedResource seen, ObservedComponents observed) {
        return observed.owner(seen).stream()
                .flatMap(owner -> addons.stream().filter(addon -> addon.owns(owner)))
                .map(addon -> addon.demands(component, Optional.of(seen)))
                .findFirst()
                .orElse(Demands.NONE);
    }
}
