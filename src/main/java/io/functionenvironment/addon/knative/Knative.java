package io.functionenvironment.addon.knative;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;

/** Knative, so that a team can run and scale applications by requests and events. */
public final class Knative implements Addon {
    /** The field of the Environment and of Settings, and what {@code dependsOn} may name. */
    static final String NAME = "knative";

    static final String FIELD = "spec." + NAME;
    static final String CONDITION = "ServerlessReady";
    static final Owner.Addon OWNER = new Owner.Addon(NAME);

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
        KnativeSpec.read(FieldReader.at(FIELD, spec.at(NAME), errors));
    }

    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        return KnativeComponents.demands(component);
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        return KnativeRequest.of(inputs);
    }
}
