package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app as a Helm release inside the cluster, with which it ends. */
record AppRelease(Identity identity, Observed observed) {
    /** In its first moments a Release may find the way into the cluster not yet open. */
    private static final StartupGrace PATIENCE = new StartupGrace(
            "is being installed",
            "is being installed",
            List.of(
                    "cluster unreachable",
                    "cannot build kube client",
                    "observe failed: failed to get last helm release"),
            Duration.ofMinutes(1));

    /** How often a failed installation is undone and tried again before it stays failed. */
    private static final int TRIES = 3;

    Component component(App app, FieldErrors errors) {
        var name = Apps.PREFIX + app.name();
        // The name of the configuration is Crossplane's to choose, so it is known only once it exists.
        var config = observed.get(Cluster.ACCESS)
                .map(ObservedResource::name)
                .map(ConfigRef::local)
                .or(() -> Release.existing(observed, identity.hash(), name).map(Release::config))
                .orElseGet(() -> ConfigRef.local(""));
        var needs = new ArrayList<Dependency>();
        needs.add(new Dependency(Cluster.ACCESS, StartWhen.EXISTS, DeletionMode.CASCADE));
        needs.add(new Dependency(Cluster.CLUSTER, StartWhen.KUBECONFIG, DeletionMode.CASCADE));
        app.dependsOn()
                .forEach(on ->
                        needs.add(new Dependency(Apps.PREFIX + on, StartWhen.READY, DeletionMode.UNINSTALL_FIRST)));
        var namespace = namespace(app, Release.installedIn(observed, name), errors);
        var release = new Release(
                new Meta(identity.hash(), name, Dependency.text(needs)),
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
                ManagementPolicies.NO_DELETE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var leaving = new UntrackedResources(observed).leaving().contains(app.name());
        return Component.wanted(release, List.copyOf(needs))
                .with(PATIENCE)
                .inside(Cluster.HEALTH)
                .guarded(leaving);
    }

    private static String namespace(App app, Optional<String> existing, FieldErrors errors) {
        var old = existing.filter(namespace -> !namespace.equals(app.targetNamespace()));
        old.ifPresent(namespace -> errors.add(new FieldError(
                app.path() + ".namespace",
                "is " + app.targetNamespace() + ", but the app is installed in " + namespace
                        + " and cannot move; remove it and add it again, or say " + namespace)));
        return old.orElseGet(app::targetNamespace);
    }
}
