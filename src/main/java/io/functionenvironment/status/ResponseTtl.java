package io.functionenvironment.status;

import io.functionenvironment.api.settings.Timing;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ReconcileRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** After which time Crossplane calls again at the latest. */
record ResponseTtl(Progress progress, PendingRemovals removals, List<Subject> subjects, Inputs inputs) {

    /** How often something is looked at until it should be ready. */
    private static final int LOOKS = 10;

    Duration of(boolean ready) {
        var steady = awaited(StartWhen.KUBECONFIG).or(this::blocked).orElseGet(() -> steady(ready));
        var ttl = removingSince().map(since -> shorter(interval(since), steady)).orElse(steady);
        return wholeSeconds(
                Stream.of(queued(), findings()).flatMap(Optional::stream).reduce(ttl, ResponseTtl::shorter));
    }

    /** Rounded up: a response has no parts of a second, and to Crossplane zero seconds are no time at which to call again. */
    private static Duration wholeSeconds(Duration ttl) {
        return Duration.ofSeconds(Math.max(1, ttl.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    /** The time until the next ones start. */
    private Optional<Duration> queued() {
        return requested()
                .flatMap(decision -> decision.state() instanceof ComponentState.Queued(var until)
                        ? Stream.of(Duration.between(now(), until))
                        : Stream.empty())
                .min(Comparator.naturalOrder());
    }

    /** The time until the first finding says something else. */
    private Optional<Duration> findings() {
        return subjects.stream()
                .flatMap(subject ->
                        subject instanceof Subject.Single single ? single.finding().stream() : Stream.empty())
                .flatMap(finding -> finding.until().stream())
                .map(until -> Duration.between(now(), until))
                .min(Comparator.naturalOrder());
    }

    private Duration steady(boolean ready) {
        var silent = awaited(StartWhen.READY);
        if (silent.isPresent()) {
            return shorter(silent.get(), timing().converging());
        }
        if (ready) {
            return watches() ? timing().settled() : timing().converging();
        }
        // While Crossplane does not watch, changes are seen only with a call.
        return watches() ? converging() : timing().waiting();
    }

    /** A watch reports when something is ready, so what takes long is looked at seldom. */
    private Duration converging() {
        return requested()
                .filter(decision -> !decision.ready() && !(decision.state() instanceof ComponentState.Pending))
                .map(decision -> decision.component().grace().length().dividedBy(LOOKS))
                .map(interval -> longer(interval, timing().converging()))
                .min(Comparator.naturalOrder())
                .orElse(timing().converging());
    }

    /** The interval for what no watch reports and is not seen yet. */
    private Optional<Duration> awaited(StartWhen what) {
        return requested()
                .filter(decision -> decision.component().pollUntil().equals(Optional.of(what)))
                .flatMap(decision -> {
                    var seen = observed().get(decision.name());
                    var met = seen.filter(some -> switch (what) {
                                case EXISTS -> true;
                                case READY -> some.is("Ready");
                                case KUBECONFIG -> Kubeconfig.handedOut(some);
                            })
                            .isPresent();
                    return met || (what == StartWhen.READY && seen.isEmpty())
                            ? Stream.empty()
                            : Stream.of(interval(
                                    seen.or(() -> Optional.of(observed().composite()))));
                })
                .min(Comparator.naturalOrder());
    }

    /** The interval for what is blocked: nothing reports that the obstacle is gone. */
    private Optional<Duration> blocked() {
        var untracked = untracked();
        return requested()
                .filter(decision -> decision.state() instanceof ComponentState.Blocked)
                .map(decision -> untracked
                        .of(decision.name())
                        .flatMap(ObservedResource::deletingSince)
                        .map(this::interval)
                        .orElseGet(() -> interval(observed()
                                .get(decision.name())
                                .or(() -> Optional.of(observed().composite())))))
                .min(Comparator.naturalOrder());
    }

    private UntrackedResources untracked() {
        return new UntrackedResources(
                observed(), inputs.environment().identity().hash());
    }

    private Stream<Decision> requested() {
        return progress.all().filter(decision -> decision.component().requested());
    }

    private Duration interval(Instant since) {
        return ReconcileRequest.interval(Duration.between(since, now()), timing().waiting());
    }

    private Duration interval(Optional<ObservedResource> seen) {
        return ReconcileRequest.interval(ReconcileRequest.age(seen, now()), timing().waiting());
    }

    /** Since when the latest removal is under way; empty if there is none. Nothing reports when one is finished. */
    private Optional<Instant> removingSince() {
        var unrequested = progress.all()
                .filter(decision -> !decision.component().requested())
                // A Usage goes with what it protects.
                .filter(decision -> !(decision.state() instanceof ComponentState.Terminating
                        && decision.component().owner() instanceof Owner.Protection))
                .map(Decision::name);
        var untracked = untracked();
        return Stream.concat(removals.byComponent().keySet().stream(), unrequested)
                .filter(name -> progress.get(name)
                        .filter(decision -> awaitsDependent(decision.state()))
                        .isEmpty())
                .map(name -> untracked
                        .of(name)
                        .or(() -> observed().get(name))
                        .flatMap(seen -> seen.deletingSince().or(() -> failingSince(seen)))
                        .orElse(now()))
                .max(Comparator.naturalOrder());
    }

    /** Its provider tries again by itself, and a watch reports when it succeeds. */
    private static Optional<Instant> failingSince(ObservedResource seen) {
        return seen.condition("Synced")
                .filter(synced -> synced.status().equals("False"))
                .flatMap(Condition::since);
    }

    private static boolean awaitsDependent(ComponentState state) {
        return state instanceof ComponentState.Terminating(var removal)
                && removal.reason() == RemovalReason.AWAITS_DEPENDENT;
    }

    private boolean watches() {
        return CrossplaneCore.watches(observed().composite(), now());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Observed observed() {
        return inputs.observed();
    }

    private Instant now() {
        return inputs.now();
    }

    private Timing timing() {
        return inputs.settings().timing();
    }
}
