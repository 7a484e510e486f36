package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The order in which components go when the whole Environment is deleted: Crossplane does not call functions then. */
public final class DeletionOrderUsages {
    private static final int MAX_LABEL = 63;
    private static final int DIGITS = 12;

    private DeletionOrderUsages() {}

    /** A Usage for each requested component that has something to delete before another component goes. */
    public static List<Component> of(ComponentGraph graph, Observed observed) {
        return graph.components().values().stream()
                .flatMap(user -> kept(graph, user)
                        .flatMap(used -> usage(user, used, observed)
                                // What exists is protected even if it is not planned, as after somebody changed its
                                // labels.
                                .map(usage -> graph.get(used).isPresent() ? usage : usage.keptAs(usage.resource()))))
                .toList();
    }

    /** How many Usages there will be for a component once it exists. */
    public static long count(ComponentGraph graph, Component user) {
        return kept(graph, user).count();
    }

    /** What a component keeps until it is gone. */
    private static Stream<String> kept(ComponentGraph graph, Component user) {
        return user.requested() && user.resource().policies().manage()
                ? user.dependsOn().stream()
                        .filter(dependency -> dependency.onDelete() == DeletionMode.UNINSTALL_FIRST)
                        .map(Dependency::on)
                        // Two Usages in a ring would refuse both deletions.
                        .filter(used -> !isOnlyObserved(graph, used) && graph.goesFirst(user.name(), used))
                : Stream.empty();
    }

    /** Nothing goes with what is only observed. */
    private static boolean isOnlyObserved(ComponentGraph graph, String component) {
        return graph.get(component)
                .filter(some -> some.resource().policies() == ManagementPolicies.OBSERVE)
                .isPresent();
    }

    /** The name of the Usage by which one component keeps another. It is also a label, so a longer one is cut. */
    public static String name(String by, String of) {
        var name = "usage-" + by + "-" + of;
        return name.length() <= MAX_LABEL
                ? name
                : name.substring(0, MAX_LABEL - DIGITS - 1) + "-"
                        + Digest.of(new Json.Text(name)).substring(0, DIGITS);
    }

    /** The component that has to go before the one that a Usage protects; empty if it is no Usage of this kind. */
    public static Optional<String> user(Component component) {
        return component.resource() instanceof Usage usage && usage.by().isPresent()
                ? component.dependsOn().stream()
                        .filter(dependency -> dependency.onDelete() == DeletionMode.CASCADE)
                        .map(Dependency::on)
                        .findFirst()
                : Optional.empty();
    }

    /** The component whose deletion a Usage refuses meanwhile. */
    public static Optional<String> used(Component usage) {
        return usage.dependsOn().stream()
                .filter(dependency -> dependency.onDelete() == DeletionMode.UNINSTALL_FIRST)
                .map(Dependency::on)
                .findFirst();
    }

    /** Nothing before both exist: a Usage names them by the names that Kubernetes gives them. */
    private static Stream<Component> usage(Component user, String used, Observed observed) {
        return observed.get(used).stream()
                .flatMap(of -> observed.get(user.name()).stream()
                        .map(by -> Component.requested(
                                name(user.name(), used),
                                new Usage(
                                        Usage.Party.of(of),
                                        Optional.of(Usage.Party.of(by)),
                                        Optional.empty(),
                                        true,
                                        false),
                                new Owner.Protection(user.owner()),
                                Location.HOST,
                                List.of(
                                        new Dependency(used, StartWhen.EXISTS, DeletionMode.UNINSTALL_FIRST),
                                        new Dependency(user.name(), StartWhen.EXISTS, DeletionMode.CASCADE)))));
    }
}
