package io.functionenvironment.addon.knative;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.app.RetryRequestReader;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.HelmWait;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Retries;
import io.functionenvironment.resource.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator as a Helm release, and a namespace and a custom resource for each half. */
record KnativeComponents(Inputs inputs, ClusterTarget target, KnativeSpec spec, String version) {
    /** The operator's component. Part of the API: it never changes. */
    static final String OPERATOR = Knative.NAME;

    private static final String RELEASE = "knative-operator";

    /** How often a failed installation is rolled back and retried before it stays failed. */
    private static final int RETRIES = 3;

    private static final StartupGrace OPERATOR_GRACE = new StartupGrace(
                    Activity.INSTALLING,
                    Activity.INSTALLING,
                    ProviderHelm.CLUSTER_NOT_REACHABLE_YET,
                    Duration.ofMinutes(1))
            .continuing(ProviderHelm.RETRIED_ONLY, ", or " + Knative.FIELD + "." + RetryRequestReader.FIELD);
    private static final StartupGrace NAMESPACE_GRACE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ofSeconds(10));

    /** The operator's webhook may not be reached yet when its pod is ready. */
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.INSTALLING, Activity.INSTALLING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(1));

    /** The names of all that Knative may consist of. */
    static Stream<String> names() {
        return Stream.concat(
                Stream.of(OPERATOR),
                Stream.of(Half.values()).flatMap(half -> Stream.of(half.namespaceComponent(), half.component())));
    }

    /** What one of them needs of the cluster. The workloads of a half are there until its custom resource is gone. */
    static Demands demands(String component) {
        if (component.equals(OPERATOR)) {
            return Half.operatorDemands();
        }
        return Stream.of(Half.values())
                .filter(half -> half.component().equals(component))
                .map(Half::demands)
                .findFirst()
                .orElse(names().anyMatch(component::equals) ? Demands.OBJECTS : Demands.NONE);
    }

    List<Component> all() {
        return Stream.concat(Stream.of(operator()), spec.halves().stream().flatMap(half -> half(half).stream()))
                .toList();
    }

    /** With {@code wait}, because its webhook converts the custom resources. */
    private Component operator() {
        var offer = inputs.settings().knative();
        var release = Release.of(
                        new ReleaseTarget(RELEASE, RELEASE, true),
                        chart(),
                        Values.of(offer.values()),
                        target.helm().ref())
                .waiting(HelmWait.USUAL)
                .retrying(Retries.of(
                        RETRIES, spec.retryRequestedAt(), inputs.observed().get(OPERATOR)))
                .with(target.policies());
        return Component.requested(
                        OPERATOR, release, Knative.OWNER, target.location(), target.dependencies(target.helm()))
                .with(OPERATOR_GRACE);
    }

    /**
     * The chart that is installed, unless the platform set one, or the version of Knative changes, which the installed operator
     * may not have. A later release of the function has another default, which must not change what runs.
     */
    private Chart chart() {
        var offer = inputs.settings().knative();
        var changes = Stream.of(Half.values())
                .flatMap(half -> inputs.observed().get(half.component()).stream())
                .flatMap(object -> object.body().text("spec", "forProvider", "manifest", "spec", "version").stream())
                .anyMatch(installed -> !installed.equals(version));
        return Release.existing(inputs.observed(), OPERATOR)
                .filter(ignored -> !offer.explicit().chart() && !changes)
                .map(Release::chart)
                .filter(installed -> installed.name().equals(offer.chart().name()))
                .orElse(offer.chart());
    }

    private List<Component> half(Half half) {
        var access = target.kubernetes().orElseThrow();
        var cluster = target.dependencies(access);
        var offer = inputs.settings().knative();
        var namespace = Component.requested(
                        half.namespaceComponent(),
                        object(CustomResource.namespace(half)),
                        Knative.OWNER,
                        target.location(),
                        cluster)
                .with(NAMESPACE_GRACE);
        // The operator has to be there for both: it also removes what a custom resource stands for.
        var dependencies = new ArrayList<>(cluster);
        dependencies.add(after(OPERATOR));
        dependencies.add(after(half.namespaceComponent()));
        var manifest = new CustomResource(
                        spec,
                        version,
                        offer,
                        inputs.environment().identity(),
                        inputs.settings().domain())
                .of(half);
        var resource = Component.requested(
                        half.component(),
                        object(manifest).readyWhen(Optional.of(CustomResource.READY)),
                        Knative.OWNER,
                        target.location(),
                        dependencies)
                .with(GRACE);
        return List.of(namespace, resource);
    }

    private KubernetesObject object(Json.Obj manifest) {
        return KubernetesObject.of(manifest, target.kubernetes().orElseThrow().ref(), target.policies());
    }

    private static Dependency after(String component) {
        return new Dependency(component, StartWhen.READY, DeletionMode.UNINSTALL_FIRST);
    }
}
