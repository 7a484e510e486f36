package io.functionenvironment;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.access.Access;
import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.addon.argocd.ArgoCd;
import io.functionenvironment.addon.knative.Knative;
import io.functionenvironment.addon.manifests.Manifests;
import io.functionenvironment.addon.registration.Registration;
import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SizeFormats;
import io.functionenvironment.api.settings.SizeFormats.SizeReader;
import io.functionenvironment.cluster.ClusterKind;
import io.functionenvironment.cluster.aks.Aks;
import io.functionenvironment.cluster.cloud.CloudCluster;
import io.functionenvironment.cluster.eks.Eks;
import io.functionenvironment.cluster.existing.Existing;
import io.functionenvironment.cluster.gke.Gke;
import io.functionenvironment.cluster.vcluster.Vcluster;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an Environment may consist of. A further kind of cluster or add-on is one line here.
 *
 * @param kinds of cluster; the first is the one of an Environment of which nothing shows the kind
 * @param addons in the order of their conditions
 */
public record Registry(List<ClusterKind> kinds, List<Addon> addons) {
    static final String CLUSTER_CONDITION = "ClusterReady";

    public static final Registry SHIPPED = new Registry(
            List.of(
                    new Vcluster(),
                    new Existing(),
                    new CloudCluster(new Gke()),
                    new CloudCluster(new Aks()),
                    new CloudCluster(new Eks())),
            List.of(new Apps(), new Manifests(), new ArgoCd(), new Knative(), new Access(), new Registration()));

    Optional<ClusterKind> kind(String type) {
        return kinds.stream().filter(kind -> kind.type().equals(type)).findFirst();
    }

    /** Whether a component of an owner belongs to something that is registered. */
    boolean knows(Owner owner) {
        return switch (owner) {
            case Owner.Protection(var of) -> knows(of);
            case Owner.Cluster(var type) -> kind(type).isPresent();
            case Owner.App ignored -> addons.stream().anyMatch(addon -> addon.owns(owner));
            case Owner.Addon ignored -> addons.stream().anyMatch(addon -> addon.owns(owner));
        };
    }

    /** How the sizes in Settings are read. */
    public SizeFormats sizeFormats() {
        var formats = new HashMap<String, SizeReader>();
        kinds.forEach(kind -> formats.put(kind.type(), kind::readSize));
        return new SizeFormats(formats);
    }

    /** The fields below {@code spec} that add-ons read. */
    public Set<String> addonFields() {
        return addons.stream().flatMap(addon -> addon.fields().stream()).collect(Collectors.toSet());
    }

    /**
     * Reads an Environment from a file, with the fields of its add-ons.
     *
     * @param errors receives every error that does not depend on Settings
     */
    public Optional<Environment> readFile(Json document, FieldErrors errors) {
        var environment = EnvironmentReader.readFile(document, errors, addonFields());
        addons.forEach(addon -> addon.check(document.object("spec"), errors));
        return environment;
    }

    /** The types of the conditions but Accepted that a refusal repeats: of what is requested, and of what was. */
    List<String> conditionTypes(ObservedResource composite) {
        return Stream.concat(
                        Stream.of(CLUSTER_CONDITION),
                        addons.stream()
                                .filter(addon -> composite
                                                .condition(addon.conditionType())
                                                .isPresent()
                                        || addon.fields().stream()
                                                .anyMatch(field -> composite
                                                        .body()
                                                        .at("spec", field)
                                                        .isPresent()))
                                .map(Addon::conditionType))
                .toList();
    }
}
