package io.functionenvironment.addon.access;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import java.util.Optional;
import java.util.Set;

/** Access to the cluster with less than an administrator's rights, which the platform requests for all Environments. */
public final class Access implements Addon {
    static final String CONDITION = "AccessReady";
    static final Owner.Addon OWNER = new Owner.Addon("access");

    @Override
    public String conditionType() {
        return CONDITION;
    }

    @Override
    public Set<String> fields() {
        return Set.of();
    }

    @Override
    public boolean owns(Owner owner) {
        return owner.equals(OWNER);
    }

    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        return seen.isPresent() ? Demands.OBJECTS : Demands.NONE;
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        var settings = inputs.settings();
        return settings.access().roles().isEmpty() && settings.vcluster().oidc().isEmpty()
                ? AddonRequest.NONE
                : new AccessRequest(inputs, Optional.empty());
    }
}
