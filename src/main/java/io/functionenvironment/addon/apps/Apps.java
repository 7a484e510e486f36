package io.functionenvironment.addon.apps;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
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

    @Override
    public AddonRequest read(Inputs inputs) {
        return AppsRequest.of(inputs);
    }
}
