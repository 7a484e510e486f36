package io.functionenvironment.preview;

import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.PreviewResult.Line;
import io.functionenvironment.preview.PreviewResult.Mark;
import io.functionenvironment.resource.ConfigMap;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagedResource;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import io.functionenvironment.simulation.PipelineResponse;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.status.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reports what changed with each reconciliation. */
public final class Timeline {
    /** Annotations that only make a provider reconcile again; they say nothing about the resource. */
    private static final Set<String> QUIET = Set.of(
            "annotations.crossplane.io/reconcile-requested-at",
            "annotations.crossplane.io/poll-interval",
            "annotations.crossplane.io/external-create-pending",
            "annotations.crossplane.io/external-create-succeeded",
            "annotations.environment.fn.crossplane.io/values-fingerprint");

    private static final int MOST_FIELDS = 3;
    private static final String DEFAULT_CONFIG = "default";

    private final Map<String, String> reported = new HashMap<>();
    private Instant start = PreviewRequest.START;

    /** Counts the time from now on. */
    public void startAt(Instant other) {
        start = other;
    }

    /** Takes note of what is so already, without a report. What is about to be removed is still there. */
    public void note(Reconciliation pass, List<Decision> decisions) {
        report(
                pass,
                decisions.stream()
                        .filter(decision -> !(decision.state() instanceof ComponentState.Removed))
                        .toList());
    }

    /** The changes since the last call; empty if there are none. */
    public Optional<PreviewResult.Entry> report(Reconciliation pass, List<Decision> decisions) {
        var lines = new ArrayList<Line>();
        decisions.forEach(decision -> report(pass, decision, lines));
        pass.error().ifPresent(error -> news(Mark.FAILS, "crossplane", error, lines));
        pass.response().ifPresent(answer -> {
            answer.conditions().forEach(condition -> report(condition, lines));
            answer.status().text("summary").ifPresent(summary -> news(Mark.SUMMARY, "", summary, lines));
        });
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new PreviewResult.Entry(Duration.between(start, pass.at()), List.copyOf(lines)));
    }

    private void report(Reconciliation pass, Decision decision, List<Line> lines) {
        var name = decision.name();
        if (pass.created().contains(name)) {
            news(Mark.CREATED, name, describe(decision.component().resource()), lines);
            quota(decision, lines);
            return;
        }
        var fields = changedFields(pass, name);
        if (!fields.isEmpty()) {
            var more = fields.size() - MOST_FIELDS;
            var shown = String.join(", ", fields.subList(0, Math.min(fields.size(), MOST_FIELDS)));
            lines.add(new Line(Mark.CHANGED, name, more > 0 ? shown + " and " + more + " more" : shown));
            quota(decision, lines);
            if (restarts(decision, fields)) {
                lines.add(new Line(Mark.RESTARTS, name, "the control plane restarts"));
            }
        }
        news(mark(decision.state()), name, Sentences.of(decision.state(), other -> other), lines);
    }

    /** The paths of the fields of a component that a reconciliation changed, without those that say nothing about it. */
    public static List<String> changedFields(Reconciliation pass, String component) {
        return pass.changed().getOrDefault(component, Set.of()).stream()
                .filter(field -> !QUIET.contains(field))
                .sorted()
                .toList();
    }

    /** Whether a change of fields restarts a control plane. The vcluster chart has a digest of all its values in its pods. */
    public static boolean restarts(Decision decision, List<String> fields) {
        return decision.component().owner() instanceof Owner.Cluster
                && decision.component().resource() instanceof Release
                && fields.stream()
                        .anyMatch(field -> field.startsWith("spec.forProvider.values.")
                                || field.startsWith("spec.forProvider.chart."));
    }

    /** The quota of a cluster, which is more than its size: it includes what the cluster itself needs. */
    private void quota(Decision decision, List<Line> lines) {
        if (decision.component().owner() instanceof Owner.Cluster
                && decision.component().resource() instanceof Release release) {
            var hard = release.values().inline().object("policies", "resourceQuota", "quota");
            var shown = Stream.of(
                            amount("CPU", hard, "requests.cpu"),
                            amount("CPU limits", hard, "limits.cpu"),
                            amount("memory", hard, "requests.memory"),
                            amount("memory limits", hard, "limits.memory"),
                            amount("storage", hard, "requests.storage"),
                            hard.number("count/pods").map(pods -> pods.intValue() + " pods"))
                    .flatMap(Optional::stream)
                    .toList();
            if (!shown.isEmpty()) {
                var text = "quota: " + String.join(", ", shown);
                if (!text.equals(reported.put(decision.name() + " quota", text))) {
                    lines.add(new Line(Mark.COMES, decision.name(), text));
                }
            }
        }
    }

    private static Optional<String> amount(String name, Json.Obj hard, String key) {
        return hard.text(key).map(amount -> name + " " + amount);
    }

    private static Mark mark(ComponentState state) {
        return switch (state) {
            case ComponentState.Ready ignored -> Mark.READY;
            case ComponentState.Progressing ignored -> Mark.COMES;
            case ComponentState.Failing ignored -> Mark.FAILS;
            case ComponentState.Blocked ignored -> Mark.WAITS;
            case ComponentState.Pending ignored -> Mark.WAITS;
            case ComponentState.Queued ignored -> Mark.WAITS;
            case ComponentState.Terminating ignored -> Mark.COMES;
            case ComponentState.Removed ignored -> Mark.REMOVED;
        };
    }

    private void report(PipelineResponse.Condition condition, List<Line> lines) {
        var text = condition.status() + " " + condition.reason();
        if (!condition.reason().equals("NotRequested") && !text.equals(reported.put(condition.type(), text))) {
            lines.add(new Line(Mark.CONDITION, condition.type(), text + ": " + condition.message()));
        }
    }

    private void news(Mark mark, String name, String text, List<Line> lines) {
        if (!text.equals(reported.put(name, text))) {
            lines.add(new Line(mark, name, text));
        }
    }

    /** Which cluster of the platform it is for, if there are several. */
    private static String through(ProviderConfigRef config) {
        return config.equals(ProviderConfigRef.cluster(config.name()))
                        && !config.name().equals(DEFAULT_CONFIG)
                ? " through ClusterProviderConfig " + config.name()
                : "";
    }

    /** Describes a new resource. */
    public static String describe(Resource resource) {
        return switch (resource) {
            case Release release ->
                "Release of chart " + release.chart() + " in namespace "
                        + release.target().namespace() + through(release.config());
            case KubernetesObject object ->
                "Object for " + object.manifest().text("kind").orElse("something") + " "
                        + object.manifest().text("metadata", "name").orElse("")
                        + through(object.config())
                        + (object.policies() == ManagementPolicies.OBSERVE ? " (observes only)" : "");
            case ProviderConfig config -> "ProviderConfig of " + config.gvk().group();
            case ConfigMap map ->
                "ConfigMap with " + String.join(", ", map.data().keySet());
            case Usage usage ->
                "Usage of " + usage.of().gvk().kind()
                        + usage.by().map(by -> " by " + by.gvk().kind()).orElse("");
            case ManagedResource managed -> managed.gvk().kind();
        };
    }
}
