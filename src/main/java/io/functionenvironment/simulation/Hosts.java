package io.functionenvironment.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The host clusters of virtual clusters: that of the control plane, and others by the ClusterProviderConfig for each. */
final class Hosts {
    private final Vclusters local;
    private final Map<String, Vclusters> others = new LinkedHashMap<>();

    private Consumer<Vclusters> onAdd = vclusters -> {};

    /** @param local the virtual clusters in the cluster of the control plane */
    Hosts(Vclusters local) {
        this.local = local;
    }

    void add(String providerConfig, Vclusters vclusters) {
        others.put(providerConfig, vclusters);
        onAdd.accept(vclusters);
    }

    /** Calls with each, also with those that are added later. */
    void forEach(Consumer<Vclusters> callback) {
        all().forEach(callback);
        onAdd = onAdd.andThen(callback);
    }

    /** Any configuration that is not for another host is for the cluster of the control plane. */
    Cluster cluster(String providerConfig) {
        return Optional.ofNullable(others.get(providerConfig)).orElse(local).host();
    }

    /** Those in a cluster. */
    Vclusters in(Cluster host) {
        return all().filter(vclusters -> vclusters.host().equals(host))
                .findFirst()
                .orElse(local);
    }

    Stream<Vclusters> all() {
        return Stream.concat(Stream.of(local), others.values().stream());
    }
}
