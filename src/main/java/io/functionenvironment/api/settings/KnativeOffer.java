package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;

/**
 * How Knative is installed.
 *
 * @param allowed whether Environments may have it
 * @param chart of the operator
 * @param values of that chart
 * @param version the default minor version
 * @param versions the minor versions that the operator can install, each with the least minor version of Kubernetes
 * @param serviceType the default type of the Service that requests from outside arrive at
 * @param servingRegistry where the images of Serving come from, as in its custom resource; empty for their publisher
 * @param eventingRegistry likewise of Eventing
 */
public record KnativeOffer(
        boolean allowed,
        Chart chart,
        Json.Obj values,
        String version,
        Map<String, String> versions,
        String serviceType,
        Json.Obj servingRegistry,
        Json.Obj eventingRegistry,
        Explicit explicit) {

    /** The types of Service, in the words of Kubernetes. */
    public static final List<String> SERVICE_TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer");

    /** What the platform set itself. The shipped defaults only count when something is installed. */
    public record Explicit(boolean chart, boolean version) {}
}
