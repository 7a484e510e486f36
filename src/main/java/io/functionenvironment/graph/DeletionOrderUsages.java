package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Usage;
import java.util.List;
import java.util.Optional;

/** The order in which an Environment's parts go when all of it is deleted, which is when nobody asks us. */
public final class DeletionOrderUsages {
    private DeletionOrderUsages() {}

    /** A Usage for each wanted component that undoes something, and has to, before another goes. */
    public static List<Component> of(List<Component> components, Observed observed) {
        return components.stream()
                .filter(component -> component.wanted() && component.resource().policy() == ManagementPolicies.ALL)
                .flatMap(user -> user.needs().stream()
                        .filter(need -> need.ends() == DeletionMode.UNINSTALL_FIRST)
                        .flatMap(need -> usage(user, need.on(), observed).stream()))
                .toList();
    }

    /** The name of the Usage by which one component keeps another. */
    public static String name(String user, String used) {
        return "usage-" + user + "-" + used;
    }

    /** The one that keeps another by a Usage of this name. */
    static Optional<String> user(String usage, String used) {
        var begin = "usage-";
        var end = "-" + used;
        return usage.startsWith(begin) && usage.endsWith(end) && usage.length() > begin.length() + end.length()
                ? Optional.of(usage.substring(begin.length(), usage.length() - end.length()))
                : Optional.empty();
    }

    /** Nothing before both exist: a Usage names them by the names that Kubernetes gives them. */
    private static List<Component> usage(Component user, String used, Observed observed) {
        var needs = List.of(
                new Dependency(used, StartWhen.EXISTS, DeletionMode.CASCADE),
                new Dependency(user.name(), StartWhen.EXISTS, DeletionMode.CASCADE));
        var meta = new Meta(user.resource().meta().environment(), name(user.name(), used), Dependency.text(needs));
        return observed
                .get(used)
                .flatMap(of -> observed.get(user.name())
                        .map(by -> Component.wanted(
                                new Usage(
                                        meta,
                                        Usage.Party.of(of),
                                        Optional.of(Usage.Party.of(by)),
                                        Optional.empty(),
                                        true),
                                needs)))
                .stream()
                .toList();
    }
}
