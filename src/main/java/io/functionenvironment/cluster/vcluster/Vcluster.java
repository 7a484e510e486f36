package io.functionenvironment.cluster.vcluster;

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
 * A virtual cluster in a namespace of its own in the host cluster. Everything in that namespace is deleted with it, so the
 * namespace is the one thing that deletes: this takes no order, no working virtual cluster and no working provider-helm.
 */
public final class Vcluster implements ClusterKind {
    @Override
    public String type() {
        return Part.OWNER.type();
    }

    @Override
    public Size readSize(FieldReader at, Json.Obj explicit) {
        return VclusterSize.read(at, explicit);
    }

    @Override
    public ClusterPlan plan(Inputs inputs, Size size, Demands demands) {
        return VclusterPlanner.of(inputs).plan(size.as(VclusterSize.class), demands);
    }

    @Override
    public ClusterPlan keep(Inputs inputs, Demands demands, List<FieldError> errors) {
        return VclusterPlanner.of(inputs).keep(demands, errors);
    }
}
