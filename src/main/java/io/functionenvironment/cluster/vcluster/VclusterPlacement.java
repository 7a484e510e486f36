package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Host;
import io.functionenvironment.cluster.EnvironmentNames;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a virtual cluster is. None of this changes once it exists, whatever Settings say later: what runs there would be left
 * behind.
 *
 * @param composed whether its namespace is a resource of ours
 * @param config how the host cluster is reached
 * @param availability how many pods it has, and so where its state is
 */
record VclusterPlacement(
        String release,
        String namespace,
        boolean composed,
        ProviderConfigRef config,
        Kubeconfig kubeconfig,
        Availability availability) {

    static VclusterPlacement of(Identity identity, Host host, Observed observed, Optional<Release> existing) {
        var names = new EnvironmentNames(identity, host.namespacePrefix());
        var object = observed.get(Part.NAMESPACE)
                .filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT))
                .map(seen -> seen.body().object("spec"));
        // All but the prefix follows from the identity, so nobody can point an Environment at another namespace.
        var namespace = Stream.of(
                        existing.map(release -> release.target().namespace()),
                        object.flatMap(spec -> spec.text("forProvider", "manifest", "metadata", "name")))
                .flatMap(Optional::stream)
                .filter(name -> name.endsWith(names.suffix()))
                .findFirst()
                .orElseGet(names::namespace);
        var ofNamespace = config(observed, Part.NAMESPACE);
        var agreed = ofNamespace.filter(name -> config(observed, Part.HEALTH).equals(Optional.of(name)));
        // One reference that somebody edited does not change the others.
        var config = agreed.or(() -> config(observed, Part.CLUSTER))
                .or(() -> ofNamespace)
                .orElse(host.providerConfig());
        // Only a composed namespace has labels of ours.
        var labelled = object.flatMap(spec -> spec.at("forProvider", "manifest", "metadata", "labels"))
                .isPresent();
        var composed = labelled
                || existing.map(release -> !release.target().createNamespace()).orElse(host.composeNamespace());
        var release = names.release();
        return new VclusterPlacement(
                release,
                namespace,
                composed,
                ProviderConfigRef.cluster(config),
                new Kubeconfig(VclusterValues.secret(release), names.kubeconfigSecret()),
                Availability.of(observed, existing).orElse(Availability.SINGLE));
    }

    VclusterPlacement with(Availability other) {
        return new VclusterPlacement(release, namespace, composed, config, kubeconfig, other);
    }

    private static Optional<String> config(Observed observed, String component) {
        return observed.get(component).flatMap(seen -> seen.body().text("spec", "providerConfigRef", "name"));
    }

    String service() {
        return release + "." + namespace + ".svc";
    }

    /** A shell line that opens a connection. */
    String connect(boolean role) {
        return "vcluster connect " + release + " -n " + namespace
                + (role ? "  # needs the Role " + ConnectRbac.ROLE + " in that namespace" : "");
    }

    String address() {
        return "https://" + service() + ":443";
    }
}
