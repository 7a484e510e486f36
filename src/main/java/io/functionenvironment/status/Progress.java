package io.functionenvironment.status;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.FieldError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far an Environment is.
 *
 * @param decisions by component
 * @param apps the name of every app that is asked for
 * @param errors what of the request is not carried out
 */
record Progress(Map<String, Decision> decisions, Collection<String> apps, List<FieldError> errors) {

    static Progress of(List<Decision> decisions, Apps apps, List<FieldError> errors) {
        return new Progress(
                decisions.stream().collect(Collectors.toMap(Decision::name, Function.identity())),
                apps.wanted(),
                errors);
    }

    Optional<ComponentState> state(String component) {
        return Optional.ofNullable(decisions.get(component)).map(Decision::state);
    }

    Optional<ComponentState> app(String name) {
        return state(Apps.PREFIX + name);
    }

    boolean appReady(String name) {
        return app(name).filter(ComponentState.Ready.class::isInstance).isPresent();
    }

    /** Everything that makes the cluster, and lets people in. */
    List<Decision> cluster() {
        return decisions.values().stream()
                .filter(decision ->
                        decision.component().wanted() && !decision.name().startsWith(Apps.PREFIX))
                .toList();
    }

    boolean clusterReady() {
        return state(Cluster.HEALTH)
                        .filter(ComponentState.Ready.class::isInstance)
                        .isPresent()
                && cluster().stream().allMatch(Decision::ready);
    }

    boolean appsReady() {
        return apps.stream().allMatch(this::appReady);
    }

    /** Whether an app is neither there nor on its way, because of what is wrong with how it is asked for. */
    boolean refused(String name) {
        return app(name).isEmpty() && state(Cluster.CLUSTER).isPresent();
    }

    /** What is said of an app. */
    String word(String name) {
        return app(name)
                .map(Progress::word)
                .orElse(
                        refused(name)
                                ? "is not carried out as asked for; see the condition Accepted"
                                : "waits for the cluster");
    }

    static String word(ComponentState state) {
        return switch (state) {
            case ComponentState.Ready ignored -> "is ready";
            case ComponentState.Progressing(var word) -> word;
            case ComponentState.Failing(var word) -> word;
            case ComponentState.Blocked(var word) -> word;
            case ComponentState.Pending(var on) -> "waits for " + name(on);
            case ComponentState.Terminating(var word, var ignored) -> word;
            case ComponentState.Removed(var word) -> word;
        };
    }

    /** What people call a component. */
    static String name(String component) {
        return switch (component) {
            case Cluster.ACCESS, Cluster.CLUSTER, Cluster.HEALTH -> "the cluster";
            case Cluster.ROOM -> "its quota";
            case "namespace" -> "its namespace";
            default -> component.startsWith(Apps.PREFIX) ? component.substring(Apps.PREFIX.length()) : component;
        };
    }
}
