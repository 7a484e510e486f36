package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.api.settings.ManifestRules;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;

/** Objects that a team wants inside its cluster without a chart. */
public final class Manifests implements Addon {
    static final String CONDITION = "ManifestsReady";

    static Owner.Addon owner(String name) {
        return new Owner.Addon(Manifest.OWNER, name);
    }

    static boolean isOwner(Owner owner) {
        return owner instanceof Owner.Addon(var type, var item) && type.equals(Manifest.OWNER) && item.isPresent();
    }

    @Override
    public String conditionType() {
        return CONDITION;
    }

    @Override
    public Set<String> fields() {
        return Set.of(Manifest.OWNER);
    }

    @Override
    public boolean owns(Owner owner) {
        return isOwner(owner);
    }

    @Override
    public void check(Json.Obj spec, FieldErrors errors) {
        ManifestList.read(FieldReader.at("spec." + Manifest.OWNER, spec.at(Manifest.OWNER), errors), ManifestRules.ALL);
    }

    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        return component.startsWith(Manifest.PREFIX) ? Demands.OBJECTS : Demands.NONE;
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        return ManifestsRequest.of(inputs);
    }
}
