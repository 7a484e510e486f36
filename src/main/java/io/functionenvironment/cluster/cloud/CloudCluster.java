package io.functionenvironment.cluster.cloud;

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
 * A cluster at a cloud provider, which is the Environment's own. What charts create there, such as load balancers and disks, does
 * not go with the cluster, so everything is uninstalled before the cluster is deleted.
 */
public record CloudCluster(Cloud cloud) implements ClusterKind {
    @Override
    public String type() {
        return cloud.type();
    }

    @Override
    public Size readSize(FieldReader at, Json.Obj explicit) {
        return cloud.readSize(at);
    }

    @Override
    public ClusterPlan plan(Inputs inputs, Size size, Demands demands) {
        return new CloudPlanner(cloud, inputs).plan(size.as(CloudSize.class));
    }

    @Override
    public ClusterPlan keep(Inputs inputs, Demands demands, List<FieldError> errors) {
        return new CloudPlanner(cloud, inputs).keep(errors);
    }
}
