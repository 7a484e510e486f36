package io.functionenvironment.lifecycle;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.resource.ManagementPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Starts components a few at a time. Crossplane's watch circuit breaker is a bucket of tokens for each Environment; each write to
 * it and to its composed resources costs one or two, and when none is left Crossplane ignores changes for minutes. What is left is
 * estimated from the creation times of what exists.
 *
 * @param capacity how many tokens there are at most
 */
record StartPace(ComponentGraph graph, Observed observed, Instant now, int capacity) {
    /** What comes back each second. */
    private static final double REFILL = 1;

    /** What the writes to a new Environment cost, before it is composed of anything. */
    private static final double ENVIRONMENT = 9;

    /** What the writes to the Environment cost whenever resources are added, however many, and when they become ready. */
    private static final double STEP = 14;

    /** What the writes of a provider cost until a new managed resource is ready, with those to its ProviderConfig. */
    private static final double MANAGED = 11;

    /** What Crossplane writes for a Usage until it is ready, which is composed once its user exists. */
    private static final double USAGE = 10;

    /** What is written besides when one with Usages starts in a cluster, whose own resources write until they are ready. */
    private static final double CLUSTER_SETTLES = 7;

    /** What the writes to a resource cost that nothing is created for. */
    private static final double OTHER = 4;

    /** Of one that nothing works on, such as a ConfigMap. */
    private static final double PLAIN = 1;

    /**
     * What has to be left when they are ready, by the estimate. Crossplane repeats some of its writes when events come quickly one
     * after the other, which costs ten and more.
     */
    private static final double RESERVE = 24;

    /** The same for the first ones, of which there are few. */
    private static final double FIRST_RESERVE = 13;

    private static final Duration ONE_STEP = Duration.ofSeconds(1);

    private static final int TOGETHER = 4;

    /** The same decisions, without the starts that have to wait. */
    List<Decision> of(List<Decision> decisions) {
        var costs = decisions.stream()
                .filter(this::starts)
                .map(decision -> cost(decision.component()))
                .toList();
        if (costs.isEmpty()) {
            return decisions;
        }
        // Of the first ones in a cluster, as many start as can, because a person may be waiting for them.
        var first = decisions.stream()
                .noneMatch(decision -> observed.has(decision.name())
                        && decision.component().alive().isPresent());
        var tokens = tokens();
        var reserve = first ? FIRST_RESERVE : RESERVE;
        var affordable = affordable(costs, tokens - reserve);
        var allowed = affordable >= (first ? 1 : together(costs)) ? affordable : 0;
        if (allowed == costs.size()) {
            return decisions;
        }
        var left = allowed == 0 ? tokens : tokens - total(costs.subList(0, allowed));
        var waiting = costs.subList(allowed, costs.size());
        var next = waiting.subList(0, allowed == 0 && first ? 1 : together(waiting));
        var needed = total(next) + (allowed == 0 ? reserve : RESERVE);
        var until = now.plusSeconds((long) Math.max(1, Math.ceil((needed - left) / REFILL)));
        var started = 0;
        var paced = new ArrayList<Decision>();
        for (var decision : decisions) {
            var waits = starts(decision) && ++started > allowed;
            paced.add(
                    waits
                            ? new Decision(decision.component(), Optional.empty(), new ComponentState.Queued(until))
                            : decision);
        }
        return List.copyOf(paced);
    }

    /** What it costs to start a component; no more than there is, because it has to start some time. */
    private double cost(Component component) {
        var usages = DeletionOrderUsages.count(graph, component);
        var besides = usages > 0 && component.alive().isPresent() ? CLUSTER_SETTLES : 0;
        return Math.min(MANAGED + USAGE * usages + besides, capacity - RESERVE - 2 * STEP);
    }

    /** How many start together where as many can: each step costs extra, and the bucket is not larger than it is. */
    private int together(List<Double> costs) {
        return Math.clamp(affordable(costs, capacity - RESERVE), 1, Math.min(TOGETHER, costs.size()));
    }

    /** How many of the first ones together cost no more than that. */
    private static int affordable(List<Double> costs, double tokens) {
        var count = 0;
        while (count < costs.size() && total(costs.subList(0, count + 1)) <= tokens) {
            count++;
        }
        return count;
    }

    /** What it costs to start them in one step; their Usages are another one. */
    private static double total(List<Double> costs) {
        var protects = costs.stream().anyMatch(cost -> cost > MANAGED);
        return costs.stream().mapToDouble(Double::doubleValue).sum() + (protects ? 2 * STEP : STEP);
    }

    /** Whether a managed resource is new with this call. */
    private boolean starts(Decision decision) {
        return decision.component().resource().external()
                && decision.desired().isPresent()
                && decision.state() instanceof ComponentState.Progressing
                && !observed.has(decision.name());
    }

    /** What is left in the bucket, by an estimate. */
    private double tokens() {
        var costs = new TreeMap<Instant, Double>();
        observed.resources()
                .values()
                .forEach(resource -> resource.created()
                        .ifPresent(created -> costs.merge(created, cost(resource), (one, other) -> one + other)));
        var last = observed.composite().created().orElse(now);
        var tokens = capacity - ENVIRONMENT;
        var step = Instant.EPOCH;
        for (var cost : costs.entrySet()) {
            var created = cost.getKey();
            // Crossplane may take some seconds to create what one call starts.
            var another = step.plus(ONE_STEP).isBefore(created);
            tokens = Math.max(0, refilled(tokens, last, created) - cost.getValue() - (another ? STEP : 0));
            step = another ? created : step;
            last = created;
        }
        return refilled(tokens, last, now);
    }

    /** The clocks of two machines may differ. */
    private double refilled(double tokens, Instant from, Instant to) {
        var seconds = Math.max(0, Duration.between(from, to).toSeconds());
        return Math.min(capacity, tokens + REFILL * seconds);
    }

    private static double cost(ObservedResource resource) {
        if (resource.body().at("spec").isEmpty()) {
            return PLAIN;
        }
        if (resource.gvk().equals(CrossplaneCore.USAGE)) {
            return USAGE;
        }
        return resource.body().at("spec", "managementPolicies").isEmpty()
                        || ManagementPolicies.of(resource.body()) == ManagementPolicies.OBSERVE
                ? OTHER
                : MANAGED;
    }
}
