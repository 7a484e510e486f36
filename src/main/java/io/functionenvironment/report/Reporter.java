package io.functionenvironment.report;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.addon.Apps;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.cluster.Nudge;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.State;
import io.functionenvironment.observed.Condition;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.report.Status.Value;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Release;
import io.functionenvironment.settings.Timing;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns decisions into words. */
public final class Reporter {
    private Reporter() {}

    public static Report report(
            List<Decision> decisions,
            Cluster cluster,
            Apps apps,
            List<Fault> faults,
            Observed observed,
            Timing timing,
            Instant now) {
        var progress = Progress.of(decisions, apps, faults);
        var conditions = Conditions.of(progress);
        return new Report(
                conditions,
                events(conditions, decisions, observed),
                status(progress, cluster.facts(), conditions, observed),
                progress.clusterReady() && progress.appsReady(),
                again(progress, observed, timing, now));
    }

    /** What is to be said when nothing can be done: Crossplane then changes nothing, and neither do the other conditions. */
    public static List<Status> refusal(List<Fault> faults, Observed observed) {
        var conditions = new ArrayList<Status>();
        for (var type : Conditions.TYPES) {
            if (type.equals(Conditions.ACCEPTED)) {
                conditions.add(Status.no(type, Conditions.NOT_ACCEPTED, Conditions.sentences(faults)));
            } else {
                conditions.add(observed.composite()
                        .condition(type)
                        .filter(old -> !old.reason().isEmpty())
                        .map(old -> new Status(type, value(old), old.reason(), old.message()))
                        .orElseGet(() -> new Status(
                                type,
                                Value.UNKNOWN,
                                Conditions.NOT_ACCEPTED,
                                "Nothing is done until this is mended.")));
            }
        }
        return List.copyOf(conditions);
    }

    private static Value value(Condition condition) {
        return switch (condition.status()) {
            case "True" -> Value.TRUE;
            case "False" -> Value.FALSE;
            default -> Value.UNKNOWN;
        };
    }

    /** Only what is new with this call: Crossplane calls again and again, and an event each time would bury the others. */
    private static List<Event> events(List<Status> conditions, List<Decision> decisions, Observed observed) {
        var events = new ArrayList<Event>();
        for (var condition : conditions) {
            var old = observed.composite().condition(condition.type());
            var same = old.filter(was -> was.status().equals(condition.value().word())
                            && was.reason().equals(condition.reason()))
                    .isPresent();
            var good = condition.value() == Value.TRUE && !condition.reason().equals("NotRequested");
            var bad = condition.reason().equals(Conditions.FAILING)
                    || condition.reason().equals(Conditions.NOT_ACCEPTED);
            var news = good && (old.isPresent() || !condition.type().equals(Conditions.ACCEPTED));
            if (!same && (news || bad)) {
                events.add(new Event(bad, reason(condition, bad), condition.message()));
            }
        }
        for (var decision : decisions) {
            if (decision.state() instanceof State.Gone(var word) && observed.has(decision.name())) {
                events.add(new Event(false, "Removed", Progress.name(decision.name()) + " " + word));
            }
        }
        return List.copyOf(events);
    }

    private static String reason(Status condition, boolean bad) {
        var failing = condition.reason().equals(Conditions.FAILING);
        return failing
                ? condition.type().replace("Ready", Conditions.FAILING)
                : bad ? condition.reason() : condition.type();
    }

    private static Tree.Obj status(
            Progress progress, Optional<Cluster.Facts> facts, List<Status> conditions, Observed observed) {
        var apps = progress.apps().stream()
                .map(name -> {
                    var release = Optional.ofNullable(progress.decisions().get(Apps.PREFIX + name))
                            .flatMap(decision -> decision.component().resource() instanceof Release some
                                    ? Optional.of(some)
                                    : Optional.empty());
                    return obj(
                            "name", name,
                            "namespace", release.map(Release::namespace),
                            "chart", release.flatMap(some -> some.chart().name()),
                            "version",
                                    release.flatMap(some -> some.chart().version())
                                            .or(() -> installed(observed, name)),
                            "ready", progress.appReady(name),
                            "message", progress.word(name));
                })
                .toList();
        var cluster = facts.map(fact -> obj(
                "type", fact.type(),
                "name", fact.name(),
                "namespace", fact.namespace(),
                "kubernetesVersion", fact.kubernetesVersion(),
                "chartVersion", fact.chartVersion(),
                "apiServer", fact.apiServer()));
        return obj(
                "summary", Summary.of(progress, facts, conditions),
                "cluster", cluster,
                "kubeconfig", facts.map(fact -> obj("secretName", fact.kubeconfigSecret(), "key", Kubeconfig.KEY)),
                "connect", facts.map(Cluster.Facts::connect),
                "apps", apps);
    }

    /** What a digest turned out to be. */
    private static Optional<String> installed(Observed observed, String app) {
        return observed.get(Apps.PREFIX + app).flatMap(seen -> seen.body().text("status", "atProvider", "version"));
    }

    private static Duration again(Progress progress, Observed observed, Timing timing, Instant now) {
        var cluster = observed.get(Cluster.CLUSTER);
        var awaited = progress.state(Cluster.CLUSTER).isPresent()
                && cluster.filter(seen -> seen.connectionKeys().contains(Kubeconfig.KEY))
                        .isEmpty();
        if (awaited) {
            return Nudge.interval(cluster, now, timing.waiting());
        }
        if (progress.decisions().values().stream()
                .anyMatch(decision -> !decision.component().wanted())) {
            return timing.waiting();
        }
        var health = observed.get(Cluster.HEALTH).filter(seen -> !seen.is("Ready"));
        if (health.isPresent()) {
            var again = Nudge.interval(health, now, timing.waiting());
            return again.compareTo(timing.converging()) < 0 ? again : timing.converging();
        }
        var done = progress.clusterReady() && progress.appsReady();
        // After too many writes Crossplane looks away for minutes, even from edits of the Environment; only this is
        // left.
        var listens = !observed.composite()
                .condition("Responsive")
                .map(Condition::status)
                .equals(Optional.of("False"));
        return done && listens ? timing.settled() : timing.converging();
    }
}
