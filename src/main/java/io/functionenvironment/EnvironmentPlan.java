package io.functionenvironment;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.cluster.vcluster.Vcluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.EnvironmentDeletionGuard;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.json.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What should exist, decided from what is asked for, what is offered and what is there.
 *
 * @param errors what could not be planned as it was asked for
 */
public record EnvironmentPlan(ComponentGraph plan, Cluster cluster, Apps apps, List<FieldError> errors) {

    public static EnvironmentPlan of(Environment environment, Settings settings, Observed observed, Instant now) {
        var cluster = cluster(environment, settings, observed, now);
        var components = new ArrayList<>(cluster.components());
        var apps = Apps.plan(environment, settings, observed, names(components));
        components.addAll(apps.components());
        components.addAll(DeletionOrderUsages.of(components, observed));
        components.addAll(leaving(names(components), environment.identity().hash(), observed));
        var errors = new ArrayList<>(cluster.errors());
        errors.addAll(apps.errors());
        return new EnvironmentPlan(ComponentGraph.of(components), cluster, apps, List.copyOf(errors));
    }

    /** What nobody wants any more; last what is seen, which counts where a component is told of twice. */
    private static List<Component> leaving(Set<String> wanted, String environment, Observed observed) {
        var retired = ObservedComponents.retired(observed, wanted, environment, Cluster.HEALTH);
        var components = new ArrayList<>(ObservedComponents.dropped(observed, wanted, Cluster.HEALTH));
        components.addAll(new EnvironmentDeletionGuard(observed).usages(retired, environment));
        components.addAll(retired);
        return components;
    }

    private static Cluster cluster(Environment environment, Settings settings, Observed observed, Instant now) {
        var asked = environment.size();
        var size = asked.flatMap(name -> Optional.ofNullable(settings.sizes().get(name)));
        return size.map(known -> switch (known) {
                    case Size.Vcluster vcluster -> Vcluster.plan(environment, vcluster, settings, observed, now);
                })
                .orElseGet(() -> Vcluster.asItIs(
                        environment,
                        settings,
                        observed,
                        asked.map(name -> unknown(name, settings)).stream().toList()));
    }

    private static FieldError unknown(String size, Settings settings) {
        var sizes = settings.sizes().keySet().stream().sorted().toList();
        return new FieldError("spec.size", "is \"" + size + "\", must be one of " + String.join(", ", sizes));
    }

    private static Set<String> names(List<Component> components) {
        return components.stream().map(Component::name).collect(Collectors.toSet());
    }
}
