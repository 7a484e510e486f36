package io.functionenvironment.addon.apps;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import java.util.Optional;
import java.util.Set;

/** The apps that a team requests, and those that the platform installs in every Environment. */
public final class Apps implements Addon {
    static final String CONDITION = "AppsReady";

    private static final String PREFIX = "app-";

    /** The name of an app's component. Part of the API: it never changes. */
    public static String component(String app) {
        return PREFIX + app;
    }

    @Override
    public String conditionType() {
        return CONDITION;
    }

    @Override
    public Set<String> fields() {
        return Set.of("apps");
    }

    @Override
    public boolean owns(Owner owner) {
        return owner instanceof Owner.App;
    }

    /** Objects of apps need access as long as there is one, and Ingresses a cluster that synchronizes them. */
    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        if (AppIngress.isComponent(component)) {
            return Demands.INGRESSES;
        }
        return seen.filter(some -> some.gvk().equals(ProviderKubernetes.OBJECT)).isPresent()
                ? Demands.OBJECTS
                : Demands.NONE;
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        return AppsRequest.of(inputs);
    }
}
