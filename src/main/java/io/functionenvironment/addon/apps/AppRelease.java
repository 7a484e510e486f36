package io.functionenvironment.addon.apps;

import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Installation;
import io.functionenvironment.api.app.RetryRequestReader;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.HelmWait;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An app as a Helm release inside the cluster.
 *
 * @param configMap the ConfigMap that the release reads, if the values of the app need one
 * @param appNamespace the namespace that it is installed in, if that has labels or annotations
 */
record AppRelease(
        Inputs inputs,
        ClusterTarget target,
        AppPlacement placement,
        DependencyNames names,
        Optional<Component> configMap,
        Optional<Component> appNamespace) {
    /** In its first moments a Release may find the way into the cluster not open yet. */
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.INSTALLING, Activity.INSTALLING, ProviderHelm.CLUSTER_NOT_REACHABLE_YET, Duration.ofMinutes(1));

    /** How often a failed installation is rolled back and retried before it stays failed. */
    private static final int RETRIES = 3;

    Component component(ResolvedApp resolved, FieldErrors errors) {
        var app = resolved.app();
        var name = Apps.component(app.name());
        var existing = inputs.observed().get(name).filter(seen -> seen.gvk().equals(ProviderHelm.RELEASE));
        var config = target.helm().ref().name().isEmpty()
                ? Release.existing(inputs.observed(), name)
                        .map(Release::config)
                        .orElse(target.helm().ref())
                : target.helm().ref();
        var release = Release.of(
                        new ReleaseTarget(
                                placement.release(app),
                                namespace(app, errors),
                                target.sharing().namespace().isEmpty()),
                        app.chart(),
                        resolved.values().release(configMapName()),
                        config)
                .waiting(wait(app.installation()))
                .retrying(Retries.of(RETRIES, app.installation().retryRequestedAt(), existing))
                .with(target.policies());
        return Component.requested(name, release, new Owner.App(app.name()), target.location(), dependencies(app))
                .with(GRACE.continuing(
                        ProviderHelm.RETRIED_ONLY, ", or " + app.path() + "." + RetryRequestReader.FIELD));
    }

    /** An app that does not wait leaves the time of its catalog entry unused. */
    private static HelmWait wait(Installation installation) {
        return installation.waits().orElse(false) ? new HelmWait(true, installation.waitTimeout()) : HelmWait.NONE;
    }

    /** Empty while it does not exist: Crossplane chooses it. */
    private String configMapName() {
        return configMap
                .flatMap(map -> inputs.observed().get(map.name()))
                .map(ObservedResource::name)
                .orElse("");
    }

    private List<Dependency> dependencies(App app) {
        var dependencies = new ArrayList<>(target.dependencies(target.helm()));
        dependencies.addAll(names.dependencies(app.dependsOn()));
        configMap.ifPresent(
                map -> dependencies.add(new Dependency(map.name(), StartWhen.EXISTS, DeletionMode.CASCADE)));
        appNamespace.ifPresent(namespace ->
                dependencies.add(new Dependency(namespace.name(), StartWhen.READY, DeletionMode.UNINSTALL_FIRST)));
        return dependencies;
    }

    private String namespace(App app, FieldErrors errors) {
        var requested = placement.requested(app);
        var old = placement.installed(app).filter(namespace -> !namespace.equals(requested));
        old.ifPresent(namespace -> errors.add(
                app.path() + ".namespace",
                "is " + requested + ", but the app is installed in " + namespace
                        + " and cannot move; remove it and add it again, or use " + namespace));
        return old.orElse(requested);
    }
}
