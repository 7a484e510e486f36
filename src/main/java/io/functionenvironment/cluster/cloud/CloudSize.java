package io.functionenvironment.cluster.cloud;

import io.functionenvironment.api.settings.Size;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.ProviderIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The size of a cluster at a cloud provider. */
public interface CloudSize extends Size {
    /** The network that has all addresses. */
    String EVERYWHERE = "0.0.0.0/0";

    Options options();

    /** How many nodes there are; empty if the size does not say so. */
    Optional<NodeCount> allNodes();

    /**
     * What sizes of all clouds have.
     *
     * @param location the region or zone
     * @param providerConfig of the cloud's provider
     * @param identity what provider-helm and provider-kubernetes authenticate with; empty if the kubeconfig has credentials
     * @param kubernetesVersion a minor version; empty leaves it to the cloud
     * @param labels of everything at the cloud provider that can have any
     * @param price empty if the platform states none
     * @param networks those from which the API of the cluster can be reached; empty for all
     */
    record Options(
            String location,
            ProviderConfigRef providerConfig,
            Optional<ProviderIdentity> identity,
            Optional<String> kubernetesVersion,
            Map<String, String> labels,
            Optional<Price> price,
            List<String> networks) {
        /** The networks, unless all may reach it. */
        public Optional<List<String>> authorized() {
            return Optional.of(networks).filter(some -> !some.isEmpty());
        }
    }
}
