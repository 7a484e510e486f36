package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/**
 * How many pods a virtual cluster itself has, and so where its state is: on the volume of its one control plane, or in etcd, because
 * vcluster 0.36 refuses to start several control planes otherwise. It cannot change, because vcluster does not move the state.
 */
enum Availability {
    SINGLE(1, 0, 1, "StatefulSet"),
    HIGH(3, 3, 2, "Deployment");

    private static final String[] STORE = {"controlPlane", "backingStore", "etcd", "deploy", "enabled"};

    private final int controlPlanes;
    private final int stores;
    private final int dns;
    private final String workload;

    Availability(int controlPlanes, int stores, int dns, String workload) {
        this.controlPlanes = controlPlanes;
        this.stores = stores;
        this.dns = dns;
        this.workload = workload;
    }

    /** That of a cluster that exists. Of one whose Release somebody deleted, the observed control plane shows it. */
    static Optional<Availability> of(Observed observed, Optional<Release> existing) {
        return existing.map(release -> release.values().inline())
                .filter(values -> !values.isEmpty())
                .map(Availability::of)
                .or(() -> observed.get(Part.HEALTH)
                        .flatMap(health -> health.body().text("spec", "forProvider", "manifest", "kind"))
                        .map(kind -> kind.equals(HIGH.workload) ? HIGH : SINGLE));
    }

    /** That of a cluster with these values. */
    static Availability of(Json.Obj values) {
        return values.isTrue(STORE) ? HIGH : SINGLE;
    }

    int controlPlanes() {
        return controlPlanes;
    }

    /** The members of etcd; none if the state is on the volume of the control plane. */
    int stores() {
        return stores;
    }

    int dns() {
        return dns;
    }

    /** The volumes with the state. */
    int volumes() {
        return Math.max(stores, 1);
    }

    /** The pods with the limits of the control plane, at most: a Deployment has one more during a rollout. */
    int controlled() {
        return this == HIGH ? controlPlanes + 1 + stores : controlPlanes;
    }

    /** The kind of the control plane, which the chart chooses (vcluster 0.36, {@code _persistence.tpl}). */
    String workload() {
        return workload;
    }
}
