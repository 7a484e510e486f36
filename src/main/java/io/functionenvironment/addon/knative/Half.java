package io.functionenvironment.addon.knative;

import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Observed;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Serving or Eventing: one custom resource of the operator, in a namespace of its own. The workloads are those of Knative 1.20 to
 * 1.23. Their requests are smaller than Knative's own, because an Environment has few users. Their limits are Knative's; where it
 * has none, they are set, because otherwise requests and limits would depend on the size of the cluster.
 */
// The lists are those of List.of, which cannot change.
@SuppressWarnings("ImmutableEnumChecker")
enum Half {
    SERVING(
            "KnativeServing",
            9,
            List.of(
                    Workload.of("activator", "activator", 100, 60, 1000, 600),
                    Workload.of("autoscaler", "autoscaler", 50, 60, 1000, 1000),
                    Workload.of("controller", "controller", 50, 60, 1000, 1000),
                    Workload.of("webhook", "webhook", 50, 60, 500, 500),
                    Workload.of("autoscaler-hpa", "autoscaler-hpa", 30, 40, 300, 400),
                    Workload.of("net-kourier-controller", "controller", 50, 60, 1000, 500),
                    Workload.of("3scale-kourier-gateway", "kourier-gateway", 100, 100, 1000, 800)),
            List.of(
                    Workload.of("storage-version-migration-serving-", "migrate", 100, 100, 1000, 1000),
                    Workload.of("cleanup-serving-", "cleanup", 100, 100, 1000, 1000))),
    EVENTING(
            "KnativeEventing",
            7,
            List.of(
                    Workload.of("eventing-controller", "eventing-controller", 50, 60, 500, 512),
                    Workload.of("eventing-webhook", "eventing-webhook", 50, 50, 200, 200),
                    Workload.of("job-sink", "job-sink", 25, 64, 1000, 2048),
                    Workload.of("request-reply", "request-reply", 25, 40, 500, 256),
                    Workload.of("imc-controller", "controller", 25, 40, 500, 256),
                    Workload.of("imc-dispatcher", "dispatcher", 50, 60, 500, 512),
                    Workload.of("mt-broker-controller", "mt-broker-controller", 50, 60, 500, 256),
                    Workload.of("mt-broker-filter", "filter", 50, 60, 500, 512),
                    Workload.of("mt-broker-ingress", "ingress", 50, 60, 500, 512),
                    // Runs once there is a PingSource.
                    Workload.of("pingsource-mt-adapter", "dispatcher", 25, 64, 1000, 2048)),
            List.of(Workload.of("storage-version-migration-eventing-", "migrate", 100, 100, 1000, 512)));

    /** The operator and its webhook, as in the chart. */
    private static final List<Workload> OPERATOR = List.of(
            Workload.of("knative-operator", "knative-operator", 100, 100, 1000, 1000),
            Workload.of("operator-webhook", "operator-webhook", 100, 100, 500, 500));

    private static final int OPERATOR_SERVICES = 1;

    /** Revisions for which there is room. Each has Services, and no pod while it is scaled to zero. */
    private static final int IDLE_REVISIONS = 10;

    private static final int SERVICES_OF_A_REVISION = 3;

    private final String kind;
    private final int services;
    private final List<Workload> workloads;
    private final List<Workload> jobs;

    Half(String kind, int services, List<Workload> workloads, List<Workload> jobs) {
        this.kind = kind;
        this.services = services;
        this.workloads = workloads;
        this.jobs = jobs;
    }

    String kind() {
        return kind;
    }

    /** Below {@code spec.knative} and {@code status.knative}. */
    String field() {
        return this == SERVING ? "serving" : "eventing";
    }

    /** The namespace, and the custom resource in it; also its component. Part of the API: it never changes. */
    String component() {
        return Knative.NAME + "-" + field();
    }

    /** The component of the namespace. Likewise. */
    String namespaceComponent() {
        return component() + "-namespace";
    }

    List<Workload> workloads() {
        return Stream.concat(workloads.stream(), jobs.stream()).toList();
    }

    /** Those that exist, requested or not. */
    static List<Half> existing(Observed observed) {
        return Arrays.stream(values())
                .filter(half -> observed.has(half.component()))
                .toList();
    }

    static Demands operatorDemands() {
        return demands(OPERATOR, OPERATOR_SERVICES);
    }

    Demands demands() {
        return demands(workloads(), services + (this == SERVING ? IDLE_REVISIONS * SERVICES_OF_A_REVISION : 0));
    }

    /** With one pod more, which each rollout has for a while. */
    private static Demands demands(List<Workload> workloads, int services) {
        return new Demands(
                workloads.size() + 1,
                services,
                sum(workloads, workload -> workload.requests().cores()),
                sum(workloads, workload -> workload.requests().bytes()),
                sum(workloads, workload -> workload.limits().cores()),
                sum(workloads, workload -> workload.limits().bytes()),
                true,
                false,
                false);
    }

    private static BigDecimal sum(List<Workload> workloads, Function<Workload, BigDecimal> amount) {
        return workloads.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
