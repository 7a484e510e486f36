package io.functionenvironment.preview;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.diagram.Diagram;
import io.functionenvironment.diagram.Diagram.Arrow;
import io.functionenvironment.diagram.Diagram.ArrowStyle;
import io.functionenvironment.diagram.Diagram.Box;
import io.functionenvironment.diagram.Diagram.BoxStyle;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.resource.ManagementPolicies;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws what an Environment consists of, what waits for what, and what is deleted when. Usages are left out: what they refuse is
 * in the boxes of what they order.
 *
 * @param graph of an Environment that is ready
 */
record EnvironmentDiagram(ComponentGraph graph) {
    private static final List<String> NOTES = List.of(
            "A component waits until those above it are ready; at a dashed arrow, until they exist.",
            "A thick border: its deletion deletes something by itself. A dashed border: it only observes.");

    Diagram diagram() {
        var shown = components();
        return new Diagram(
                "Components of an Environment",
                shown.stream().map(this::sentence).collect(joining(" ")),
                shown.stream().map(EnvironmentDiagram::box).toList(),
                shown.stream()
                        .flatMap(component -> component.dependsOn().stream()
                                .filter(dependency -> !follows(component, dependency))
                                .map(dependency -> arrow(component, dependency)))
                        .toList(),
                NOTES);
    }

    private List<Component> components() {
        return graph.components().values().stream()
                .filter(component -> !(component.owner() instanceof Owner.Protection))
                .toList();
    }

    private String sentence(Component component) {
        return component.name()
                + (component.dependsOn().isEmpty()
                        ? " waits for nothing"
                        : component.dependsOn().stream()
                                .map(dependency -> dependency.on() + until(dependency))
                                .collect(joining(", ", " waits for ", "")))
                + "; it " + removal(component) + ".";
    }

    private static String until(Dependency dependency) {
        return switch (dependency.when()) {
            case READY -> "";
            case EXISTS -> " to exist";
            case KUBECONFIG -> " to have a kubeconfig";
        };
    }

    /** Whether a dependency follows from others of the component, so that its arrow would only be in the way. */
    private boolean follows(Component component, Dependency dependency) {
        return component.dependsOn().stream()
                .filter(other -> !other.on().equals(dependency.on()))
                .anyMatch(other -> implies(other.on(), dependency, new HashSet<>()));
    }

    /** Whether a component that was created shows as much of another one as a dependency asks for. */
    private boolean implies(String created, Dependency dependency, Set<String> seen) {
        return seen.add(created)
                && graph.get(created).stream()
                        .flatMap(component -> component.dependsOn().stream())
                        .anyMatch(next -> (next.on().equals(dependency.on())
                                        && (next.when() == dependency.when() || dependency.when() == StartWhen.EXISTS))
                                || implies(next.on(), dependency, seen));
    }

    private static Box box(Component component) {
        var policies = component.resource().policies();
        return new Box(
                component.name(),
                List.of(Timeline.describe(component.resource()), removal(component)),
                policies.delete()
                        ? BoxStyle.EMPHASIZED
                        : policies == ManagementPolicies.OBSERVE ? BoxStyle.FAINT : BoxStyle.PLAIN);
    }

    /** When it is deleted. */
    private static String removal(Component component) {
        var before = component.dependsOn().stream()
                .filter(dependency -> dependency.onDelete() == DeletionMode.UNINSTALL_FIRST)
                .map(Dependency::on)
                .collect(joining(", "));
        var policies = component.resource().policies();
        if (policies == ManagementPolicies.OBSERVE) {
            return "deletes nothing";
        }
        if (policies.delete()) {
            return "is deleted" + (before.isEmpty() ? " with all that is in it" : " before " + before);
        }
        var with = component.diesWithItsCluster()
                ? "the cluster"
                : component.dependsOn().stream()
                        .filter(dependency -> dependency.onDelete() == DeletionMode.CASCADE)
                        .map(Dependency::on)
                        .findFirst()
                        .orElse("the Environment");
        return "goes with " + with + (before.isEmpty() ? "" : "; removed alone, before " + before);
    }

    /** From what is first to what waits for it. */
    private static Arrow arrow(Component component, Dependency dependency) {
        return new Arrow(
                dependency.on(),
                component.name(),
                dependency.when() == StartWhen.READY ? ArrowStyle.PLAIN : ArrowStyle.DASHED);
    }
}
