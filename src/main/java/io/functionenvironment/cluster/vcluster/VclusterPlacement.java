package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Host;
import io.functionenvironment.cluster.EnvironmentNames;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a virtual cluster is. None of this but the address changes once it exists, whatever Settings say later: what runs there
 * would be left behind.
 *
 * @param placed whether something of it exists already
 * @param composed whether its namespace is a resource of ours
 * @param config how the host cluster is reached
 * @param address at which the providers reach it
 * @param exposed the name in DNS that its chart may claim for it in the host cluster; empty if it claims none
 * @param availability how many pods it has, and so where its state is
 */
record VclusterPlacement(
        String release,
        String namespace,
        boolean placed,
        boolean composed,
        ProviderConfigRef config,
        Kubeconfig kubeconfig,
        String address,
        Optional<String> exposed,
        Availability availability) {
    /** On the machine of a person. The virtual cluster has it, too, so that it is easy to remember. */
    private static final int PORT = 8443;

    /** Where the control plane listens (chart vcluster 0.36.1, {@code targetPort} of its Service). */
    private static final int CONTAINER_PORT = 8443;

    static VclusterPlacement of(Identity identity, Host host, Observed observed, Optional<Release> existing) {
        var names = new EnvironmentNames(identity, host.namespacePrefix());
        var object = observed.get(Part.NAMESPACE)
                .filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT))
                .map(ObservedResource::body);
        var manifest = object.map(body -> body.object("spec", "forProvider", "manifest"))
                .orElse(Json.Obj.EMPTY);
        // All but the prefix follows from the identity, so nobody can point an Environment at another namespace.
        var namespace = Stream.of(
                        existing.map(release -> release.target().namespace()), manifest.text("metadata", "name"))
                .flatMap(Optional::stream)
                .filter(name -> name.endsWith(names.suffix()))
                .findFirst()
                .orElseGet(names::namespace);
        var ofNamespace = config(observed, Part.NAMESPACE);
        var agreed = ofNamespace.filter(name -> config(observed, Part.HEALTH).equals(Optional.of(name)));
        // One reference that somebody edited does not change the others.
        var config = agreed.or(() -> config(observed, Part.CLUSTER)).or(() -> ofNamespace);
        // Without its mark, as an earlier release leaves it, one that Helm creates is known by what its Object may do.
        var recorded = object.map(ManagementPolicies::of)
                .filter(policies -> policies == ManagementPolicies.OBSERVE_UPDATE)
                .isPresent();
        var labelled = manifest.at("metadata", "labels").isPresent() && !recorded;
        var composed = !HelmNamespace.isMarked(manifest)
                && (labelled
                        || existing.map(release -> !release.target().createNamespace())
                                .orElse(host.composeNamespace()));
        var release = names.release();
        var secret = VclusterValues.secret(release);
        return new VclusterPlacement(
                release,
                namespace,
                config.isPresent(),
                composed,
                ProviderConfigRef.cluster(config.orElse(host.providerConfig())),
                new Kubeconfig(secret, names.kubeconfigSecret()),
                existing.flatMap(some -> VclusterValues.server(some.values().inline(), secret))
                        .orElseGet(() -> addressOf(release, namespace)),
                Optional.empty(),
                Availability.of(observed, existing).orElse(Availability.SINGLE));
    }

    VclusterPlacement with(Availability other) {
        return new VclusterPlacement(release, namespace, placed, composed, config, kubeconfig, address, exposed, other);
    }

    /** In the host cluster of a size, unless it exists already; and reached as in this size. */
    VclusterPlacement in(Optional<OtherHost> host) {
        return new VclusterPlacement(
                release,
                namespace,
                placed,
                composed,
                host.filter(ignored -> !placed)
                        .map(other -> ProviderConfigRef.cluster(other.providerConfig()))
                        .orElse(config),
                kubeconfig,
                host.map(other -> other.address(release, namespace)).orElseGet(() -> addressOf(release, namespace)),
                host.filter(other -> other.exposure().isPresent()).map(other -> other.name(release, namespace)),
                availability);
    }

    /** Of an object in the namespace, which goes with it only if that is deleted. */
    ManagementPolicies policies() {
        return composed ? ManagementPolicies.NO_DELETE : ManagementPolicies.ALL;
    }

    /** Whether the providers reach it by another name than that of its Service in the host cluster. */
    boolean outside() {
        return !address.equals(addressOf(release, namespace));
    }

    private static Optional<String> config(Observed observed, String component) {
        return observed.get(component).flatMap(seen -> seen.body().text("spec", "providerConfigRef", "name"));
    }

    String service() {
        return service(release, namespace);
    }

    private static String service(String release, String namespace) {
        return release + "." + namespace + ".svc";
    }

    private static String addressOf(String release, String namespace) {
        return "https://" + service(release, namespace) + ":443";
    }

    /** The address for people, who may need the {@link #tunnel}. The certificate has the name in any case. */
    String server() {
        return outside() ? address : "https://localhost:" + PORT;
    }

    /** The pod of the control plane; empty if its name is not known, as of those of a Deployment. */
    Optional<String> pod() {
        return availability == Availability.SINGLE ? Optional.of(release + "-0") : Optional.empty();
    }

    /** A shell line by which people reach the API server; empty if its address leads there from anywhere. */
    Optional<String> tunnel() {
        return outside()
                ? Optional.empty()
                : Optional.of("kubectl port-forward -n " + namespace + " "
                        + pod().map(name -> "pod/" + name + " " + PORT + ":" + CONTAINER_PORT)
                                .orElse("service/" + release + " " + PORT + ":443"));
    }

    /** A shell line that opens a connection. */
    String connect(boolean role) {
        var notes = Stream.of(
                        Optional.of("in the host cluster " + config.name()).filter(ignored -> outside()),
                        Optional.of("needs the Role " + ConnectRbac.ROLE + " in that namespace")
                                .filter(ignored -> role))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return "vcluster connect " + release + " -n " + namespace + (notes.isEmpty() ? "" : "  # " + notes);
    }
}
