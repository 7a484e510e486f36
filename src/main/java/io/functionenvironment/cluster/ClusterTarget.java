package io.functionenvironment.cluster;

import io.functionenvironment.api.settings.OidcIssuer;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Location;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a kind of cluster hands to add-ons, so that they need not know the kind.
 *
 * @param helm how provider-helm reaches the cluster
 * @param kubernetes how provider-kubernetes reaches it; empty unless an add-on demands it
 * @param ready what has to be seen of the cluster before anything starts in it, and what happens to that when the cluster is
 *     deleted
 * @param alive what shows that the cluster responds now, and the same of what happens
 * @param kubernetesVersion the minor version, such as 1.35; empty if it is not known
 * @param kubeconfig where programs in the host cluster find the kubeconfig; empty if the Environment gets none
 * @param sharing how the cluster is shared with others
 * @param signIn how people reach the cluster who have no credentials but those of an issuer; empty if it accepts none
 * @param hosted where its Services are, if its pods run in another cluster; empty if they run in it
 */
public record ClusterTarget(
        Access helm,
        Optional<Access> kubernetes,
        Dependency ready,
        Dependency alive,
        Optional<String> kubernetesVersion,
        Optional<Kubeconfig> kubeconfig,
        Sharing sharing,
        Optional<SignIn> signIn,
        Optional<HostedServices> hosted) {
    public ClusterTarget {
        if (ready.onDelete() != alive.onDelete()) {
            throw new IllegalArgumentException("ready says " + ready.onDelete() + " and alive " + alive.onDelete());
        }
    }

    /** A cluster whose API server accepts no tokens of an issuer, and whose pods run in it. */
    public ClusterTarget(
            Access helm,
            Optional<Access> kubernetes,
            Dependency ready,
            Dependency alive,
            Optional<String> kubernetesVersion,
            Optional<Kubeconfig> kubeconfig,
            Sharing sharing) {
        this(
                helm,
                kubernetes,
                ready,
                alive,
                kubernetesVersion,
                kubeconfig,
                sharing,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * How people reach a cluster whose API server accepts the tokens of an issuer.
     *
     * @param server the address of the API server for them
     * @param tunnel a command that has to run meanwhile; empty if they reach the address without
     */
    public record SignIn(OidcIssuer issuer, String server, Optional<String> tunnel) {}

    /**
     * How a provider reaches the cluster.
     *
     * @param ref the name is empty while the configuration does not exist: Crossplane chooses it
     * @param dependsOn what has to be seen first
     */
    public record Access(ProviderConfigRef ref, List<Dependency> dependsOn) {}

    /**
     * The Services of a cluster whose pods run in another one. What sends requests to the pods from there, such as a route of a Gateway,
     * has to be there, too.
     *
     * @param access how provider-kubernetes reaches the other cluster
     * @param policies what an object there may do
     */
    public record HostedServices(Access access, ManagementPolicies policies, ServiceNames names) {}

    /** What Services of a cluster are called in the one in which its pods run. */
    public interface ServiceNames {
        /** The namespace in which all of them are there. */
        String namespace();

        /** The name there of a Service of the cluster. */
        String name(String namespace, String service);
    }

    /**
     * A Secret in the namespace of the Environment.
     *
     * @param key whose value is the kubeconfig
     * @param credentials whether it has credentials in it; otherwise only a client with other credentials can use it
     */
    public record Kubeconfig(String secret, String key, boolean credentials) {}

    /**
     * How a cluster is shared.
     *
     * @param namespace the one namespace of the Environment in the cluster; empty if it may have any
     * @param suffix that distinguishes names outside of namespaces; empty if nobody else has any
     * @param trusted whether what teams request may have all the rights of the platform's credentials
     */
    public record Sharing(Optional<String> namespace, String suffix, boolean trusted) {
        /** Of a cluster that is the Environment's own. */
        public static final Sharing NONE = new Sharing(Optional.empty(), "", true);
    }

    /** The namespace for what is requested in a namespace. */
    public String namespace(String requested) {
        return sharing.namespace().orElse(requested);
    }

    /** The name of a Helm release, from which charts derive names outside of namespaces. */
    public String release(String name) {
        return name + sharing.suffix();
    }

    /** What everything in the cluster depends on. */
    public List<Dependency> dependencies(Access access) {
        return Stream.concat(access.dependsOn().stream(), Stream.of(ready, alive))
                .toList();
    }

    /** What a resource in the cluster may do: what goes with its cluster may delete only while it is being uninstalled. */
    public ManagementPolicies policies() {
        return alive.onDelete() == DeletionMode.CASCADE ? ManagementPolicies.NO_DELETE : ManagementPolicies.ALL;
    }

    public Location location() {
        return new Location.Guest(alive);
    }
}
