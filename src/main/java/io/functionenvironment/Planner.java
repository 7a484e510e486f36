package io.functionenvironment;

import io.functionenvironment.addon.Apps;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.cluster.Vcluster;
import io.functionenvironment.environment.Environment;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.plan.Protection;
import io.functionenvironment.plan.Retired;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.settings.Size;
import io.functionenvironment.tree.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What should exist, decided from what is asked for, what is offered and what is there.
 *
 * @param faults what could not be planned as it was asked for
 */
public record Planner(Plan plan, Cluster cluster, Apps apps, List<Fault> faults) {

    public static Planner plan(Environment environment, Settings settings, Observed observed, Instant now) {
        var cluster = cluster(environment, settings, observed, now);
        var components = new ArrayList<>(cluster.components());
        if (components.isEmpty()) {
            components.addAll(asItIs(observed, environment.identity().hash()));
        }
        var names = components.stream().map(Component::name).collect(Collectors.toSet());
        var apps = Apps.plan(environment, settings, observed, names);
        components.addAll(apps.components());
        components.addAll(Protection.of(components, observed));
        var wanted = components.stream().map(Component::name).collect(Collectors.toSet());
        components.addAll(Retired.of(observed, wanted, environment.identity().hash(), Cluster.HEALTH));
        var faults = new ArrayList<>(cluster.faults());
        faults.addAll(apps.faults());
        return new Planner(Plan.of(components), cluster, apps, List.copyOf(faults));
    }

    private static Cluster cluster(Environment environment, Settings settings, Observed observed, Instant now) {
        var size = environment
                .size()
                .flatMap(name -> Optional.ofNullable(settings.sizes().get(name)));
        return size.map(known -> switch (known) {
                    case Size.Vcluster vcluster -> Vcluster.plan(environment, vcluster, settings, observed, now);
                })
                .orElseGet(() -> new Cluster(
                        List.of(),
                        Optional.empty(),
                        environment
                                .size()
                                .map(name -> new Fault(
                                        "spec.size",
                                        "is \"" + name + "\", must be one of "
                                                + String.join(
                                                        ", ",
                                                        settings.sizes().keySet().stream()
                                                                .sorted()
                                                                .toList())))
                                .stream()
                                .toList()));
    }

    /** All that exists besides apps, while we do not know what kind of cluster is asked for. */
    private static List<Component> asItIs(Observed observed, String environment) {
        var ours = Retired.ours(observed, environment)
                .map(resource -> resource.meta().component())
                .sorted()
                .toList();
        return ours.stream()
                .filter(name -> !name.startsWith(Apps.PREFIX))
                .flatMap(name -> observed.get(name).flatMap(seen -> Retired.held(seen, Set.copyOf(ours))).stream())
                .toList();
    }
}
