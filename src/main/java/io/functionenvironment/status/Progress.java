package io.functionenvironment.status;

import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The decisions of a call, by component and by owner. */
public final class Progress {
    private final Map<String, Decision> decisions = new LinkedHashMap<>();
    private final Map<Owner, List<Decision>> requested = new HashMap<>();

    public Progress(List<Decision> all) {
        for (var decision : all) {
            decisions.put(decision.name(), decision);
            if (decision.component().requested()) {
                requested
                        .computeIfAbsent(reportedBy(decision.component().owner()), owner -> new ArrayList<>())
                        .add(decision);
            }
        }
    }

    /** What protects the components of an owner is reported by that owner. */
    private static Owner reportedBy(Owner owner) {
        return owner instanceof Owner.Protection(var of) ? of : owner;
    }

    Stream<Decision> all() {
        return decisions.values().stream();
    }

    /** The requested components of an owner, with the Usages that protect them. */
    public Stream<Decision> requested(Owner owner) {
        return requested.getOrDefault(owner, List.of()).stream();
    }

    /** Whether every requested component of an owner is ready, and there is one. */
    public boolean ready(Owner owner) {
        return requested(owner).findAny().isPresent() && requested(owner).allMatch(Decision::ready);
    }

    /** The state of an owner that consists of one component, or the least advanced of several. */
    Optional<ComponentState> state(Owner owner) {
        return requested(owner).map(Decision::state).reduce((one, other) -> rank(one) >= rank(other) ? one : other);
    }

    Optional<Decision> get(String component) {
        return Optional.ofNullable(decisions.get(component));
    }

    /** What is said of an owner, as the rest of a sentence that begins with its name. */
    public String sentence(Owner owner) {
        return state(owner).map(state -> Sentences.of(state, namesFor(owner))).orElseGet(this::notCarriedOut);
    }

    /** Likewise of one of the components of an owner. */
    public String sentence(Decision decision) {
        return Sentences.of(decision.state(), namesFor(decision.component().owner()));
    }

    /** Likewise of something of which nothing exists or starts. */
    public String notCarriedOut() {
        return clusterPlanned() ? Sentences.NOT_CARRIED_OUT : Sentences.NO_CLUSTER;
    }

    /** Whether nothing exists or starts of an owner, because of an error in what is requested. */
    boolean refused(Owner owner) {
        return requested(owner).findAny().isEmpty();
    }

    private boolean clusterPlanned() {
        return requested.keySet().stream().anyMatch(Owner.Cluster.class::isInstance);
    }

    /** What people call a component, beside one of an owner: several of one owner are told apart by their own names. */
    UnaryOperator<String> namesFor(Owner owner) {
        return component -> get(component)
                .map(decision -> decision.component().owner())
                .map(other -> switch (other) {
                    case Owner.Cluster ignored -> "the cluster";
                    case Owner.App(var name) -> name;
                    case Owner.Addon addon -> addon.equals(owner) ? component : addon.displayName();
                    case Owner.Protection ignored -> component;
                })
                .orElse(component);
    }

    private static int rank(ComponentState state) {
        return switch (state) {
            case ComponentState.Failing ignored -> 6;
            case ComponentState.Blocked ignored -> 5;
            case ComponentState.Progressing ignored -> 3;
            case ComponentState.Pending ignored -> 2;
            case ComponentState.Queued ignored -> 2;
            case ComponentState.Ready ignored -> 1;
            case ComponentState.Terminating ignored -> 0;
            case ComponentState.Removed ignored -> 0;
        };
    }
}
