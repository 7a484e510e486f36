package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Host;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a virtual cluster is. None of this changes once it exists, whatever Settings say later: what runs there would be
 * left behind.
 *
 * @param composed whether its namespace is a resource of ours
 * @param config how the host cluster is reached
 */
public record VclusterPlacement(
        String release, String namespace, boolean composed, ConfigRef config, Kubeconfig kubeconfig) {

    static VclusterPlacement of(Identity identity, Host host, Observed observed, Optional<Release> existing) {
        var names = new Names(identity, host.namespacePrefix());
        var object =
                observed.get(HostResources.NAMESPACE).map(seen -> seen.body().object("spec"));
        // All but the prefix follows from the identity, so nobody can talk us into another namespace.
        var namespace = Stream.of(
                        existing.map(Release::namespace),
                        object.flatMap(spec -> spec.text("forProvider", "manifest", "metadata", "name")))
                .flatMap(Optional::stream)
                .filter(name -> name.endsWith(names.suffix()))
                .findFirst()
                .orElseGet(names::namespace);
        var namespaces = config(observed, HostResources.NAMESPACE);
        var agreed = namespaces.filter(name -> config(observed, Cluster.HEALTH).equals(Optional.of(name)));
        // One that was edited does not take the others along.
        var config = agreed.or(() -> config(observed, Cluster.CLUSTER))
                .or(() -> namespaces)
                .orElse(host.providerConfig());
        var composed =
                object.isPresent() || existing.map(Release::skipCreateNamespace).orElse(host.composeNamespace());
        var release = names.release();
        return new VclusterPlacement(
                release,
                namespace,
                composed,
                ConfigRef.shared(config),
                new Kubeconfig(VclusterValues.secret(release), names.kubeconfigSecret()));
    }

    private static Optional<String> config(Observed observed, String component) {
        return observed.get(component).flatMap(seen -> seen.body().text("spec", "providerConfigRef", "name"));
    }

    String service() {
        return release + "." + namespace + ".svc";
    }

    /** How a line for a shell leads there. */
    String connect(boolean role) {
        return "vcluster connect " + release + " -n " + namespace
                + (role ? "  # needs the Role " + ConnectRbac.ROLE + " in that namespace" : "");
    }

    Json.Text address() {
        return new Json.Text("https://" + service() + ":443");
    }
}
