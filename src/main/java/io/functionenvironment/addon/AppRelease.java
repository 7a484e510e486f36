package io.functionenvironment.addon;

import io.functionenvironment.app.App;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.environment.Identity;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Need.Ends;
import io.functionenvironment.plan.Need.Signal;
import io.functionenvironment.plan.Patience;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.resource.Release;
import io.functionenvironment.tree.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app as a Helm release inside the cluster, with which it ends. */
record AppRelease(Identity identity, Observed observed) {
    /** In its first moments a Release may find the way into the cluster not yet open. */
    private static final Patience PATIENCE = new Patience(
            "is being installed",
            "is being installed",
            List.of(
                    "cluster unreachable",
                    "cannot build kube client",
                    "observe failed: failed to get last helm release"),
            Duration.ofMinutes(1));

    /** How often a failed installation is undone and tried again before it stays failed. */
    private static final int TRIES = 3;

    Component component(App app, List<Fault> faults) {
        var name = Apps.PREFIX + app.name();
        // The name of the configuration is Crossplane's to choose, so it is known only once it exists.
        var config = observed.get(Cluster.ACCESS)
                .map(ObservedResource::name)
                .map(ConfigRef::local)
                .or(() -> Release.existing(observed, identity.hash(), name).map(Release::config))
                .orElseGet(() -> ConfigRef.local(""));
        var needs = new ArrayList<Need>();
        needs.add(new Need(Cluster.ACCESS, Signal.EXISTS, Ends.WITH));
        needs.add(new Need(Cluster.CLUSTER, Signal.KUBECONFIG, Ends.WITH));
        app.dependsOn().forEach(on -> needs.add(new Need(Apps.PREFIX + on, Signal.READY, Ends.BEFORE)));
        var namespace = namespace(app, Release.installedIn(observed, name), faults);
        var release = new Release(
                new Meta(identity.hash(), name, Need.text(needs)),
                app.name(),
                namespace,
                false,
                app.chart(),
                app.values(),
                app.valuesFrom(),
                app.set(),
                app.waits().orElse(false),
                config,
                Optional.of(TRIES),
                Policy.KEEP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var leaving = new Leftovers(observed).leaving().contains(app.name());
        return Component.wanted(release, List.copyOf(needs))
                .with(PATIENCE)
                .inside(Cluster.HEALTH)
                .guarded(leaving);
    }

    private static String namespace(App app, Optional<String> existing, List<Fault> faults) {
        var old = existing.filter(namespace -> !namespace.equals(app.targetNamespace()));
        old.ifPresent(namespace -> faults.add(new Fault(
                app.path() + ".namespace",
                "is " + app.targetNamespace() + ", but the app is installed in " + namespace
                        + " and cannot move; remove it and add it again, or say " + namespace)));
        return old.orElseGet(app::targetNamespace);
    }
}
