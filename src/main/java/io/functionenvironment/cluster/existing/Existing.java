package io.functionenvironment.cluster.existing;

import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.ClusterKind;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.List;

/**
 * A share of a cluster that exists already: one namespace, reached with credentials of the platform that no team holds. What charts
 * create outside of the namespace does not go with it, so everything is uninstalled before the namespace is deleted.
 */
public final class Existing implements ClusterKind {
    @Override
    public String type() {
        return Part.OWNER.type();
    }

    @Override
    public Size readSize(FieldReader at, Json.Obj explicit) {
        return ExistingSize.read(at);
    }

    @Override
    public ClusterPlan plan(Inputs inputs, Size size, Demands demands) {
        return new ExistingPlanner(inputs).plan(size.as(ExistingSize.class));
    }

    @Override
    public ClusterPlan keep(Inputs inputs, Demands demands, List<FieldError> errors) {
        return new ExistingPlanner(inputs).keep(errors);
    }
}
