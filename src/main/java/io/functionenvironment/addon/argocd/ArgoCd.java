package io.functionenvironment.addon.argocd;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Argo CD in the cluster, which follows a repository of the team, one of the platform, or both. */
public final class ArgoCd implements Addon {
    static final String NAME = "argocd";
    static final String CONDITION = "GitOpsReady";
    static final Owner.Addon OWNER = new Owner.Addon(NAME);

    /** The Release of the chart. */
    static final String RELEASE = NAME;

    /** The namespace in the cluster, of Argo CD and of its Applications. */
    static final String NAMESPACE = NAME;

    /** The names of all that it may consist of. */
    static Stream<String> components() {
        return Stream.of(
                RELEASE,
                DefaultProject.COMPONENT,
                ApplicationObject.TEAM_COMPONENT,
                ApplicationObject.PLATFORM_COMPONENT);
    }

    @Override
    public String conditionType() {
        return CONDITION;
    }

    @Override
    public Set<String> fields() {
        return Set.of(NAME);
    }

    @Override
    public boolean owns(Owner owner) {
        return owner.equals(OWNER);
    }

    @Override
    public void check(Json.Obj spec, FieldErrors errors) {
        ArgoCdRequest.check(spec, errors);
    }

    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        return ArgoCdValues.demands(component, seen);
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        return ArgoCdRequest.of(inputs);
    }
}
