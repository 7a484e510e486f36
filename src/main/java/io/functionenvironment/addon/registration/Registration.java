package io.functionenvironment.addon.registration;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import java.util.Set;

/** The registration of the cluster in an Argo CD outside it, which the platform requests for all Environments. */
public final class Registration implements Addon {
    static final String CONDITION = "RegistrationReady";
    static final Owner.Addon OWNER = new Owner.Addon("registration");

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
    public AddonRequest read(Inputs inputs) {
        return inputs.settings()
                .argocdRegistration()
                .<AddonRequest>map(
                        registration -> (target, names) -> new RegistrationPlan(inputs, registration).plan(target))
                .orElse(AddonRequest.NONE);
    }
}
