package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a function meets in a virtual cluster: Releases and Objects in it, and what is left when it is gone. */
class VclusterTest {
    private static final String APPLICATION = "argoproj.io/v1alpha1";

    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    private Optional<Cluster> vcluster() {
        return simulation.vcluster("host", "vc");
    }

    private static Json.Obj manifest() {
        return Resources.manifest("v1", "ConfigMap", "default", "map");
    }

    /** The cluster with an app and an Object in it, all with the same policies. */
    private void composeEverything(String... policies) {
        function.desired.put("host", Resources.namespace("host"));
        function.desired.put("vc", Resources.withPolicies(Resources.vcluster(), policies));
        function.desired.put("helm-config", Resources.helmConfig());
        function.desired.put("kubernetes-config", Resources.kubernetesConfig());
        function.desired.put("app", Resources.withPolicies(Resources.guestRelease("app"), policies));
        function.desired.put("map", Resources.guestObject(manifest(), policies));
        function.start(150);
        assertTrue(function.ready("app") && function.ready("map"));
    }

    @Test
    void guestReleaseReportsWhatItLacksToConnect() {
        function.desired.put("app", Resources.guestRelease("app"));
        function.start(2);
        assertEquals(
                "connect failed: failed to resolve provider config: cannot get provider config:"
                        + " ProviderConfig.helm.m.crossplane.io \"guest\" not found",
                function.synced("app"));
        function.desired.put("config", Resources.helmConfig());
        function.trigger().advance(10);
        assertTrue(function.synced("app").contains("cannot get credentials secret: Secret \"kubeconfig\" not found"));
        function.desired.put("vc", Resources.vcluster());
        function.trigger().advance(10);
        assertTrue(function.synced("app").contains("currentContext not set in kubeconfig"), function.synced("app"));
        function.advance(120);
        assertTrue(function.ready("app"));
        assertTrue(HelmRecord.get(vcluster().orElseThrow(), "app", "app").isPresent());
        simulation.inject(new InjectedFault.ClusterDown("vc"));
        function.desired.put("app", Resources.version(Resources.guestRelease("app"), "2.0.0"));
        function.trigger().advance(5);
        assertTrue(function.synced("app").contains("kubernetes cluster unreachable"), function.synced("app"));
        assertTrue(function.ready("app"), "Ready keeps its last value");
    }

    @Test
    void guestObjectReportsWhatItLacksToConnect() {
        function.desired.put("map", Resources.guestObject(manifest()));
        function.start(2);
        assertEquals(
                "connect failed: cannot get provider config: ProviderConfig.kubernetes.m.crossplane.io \"guest\" not"
                        + " found",
                function.synced("map"));
        function.desired.put("config", Resources.kubernetesConfig());
        function.trigger().advance(10);
        assertTrue(function.synced("map").contains("cannot get credentials secret: Secret \"kubeconfig\" not found"));
        function.desired.put("vc", Resources.vcluster());
        function.trigger().advance(150);
        assertTrue(function.ready("map"));
        assertTrue(vcluster().orElseThrow().get(Ref.of(manifest())).isPresent());
        assertEquals(Optional.empty(), simulation.get(Ref.of(manifest())));
    }

    @Test
    void guestObjectIsObservedAndDeletedOnlyWhileTheClusterResponds() {
        composeEverything("*");
        simulation.inject(new InjectedFault.ClusterDown("vc"));
        function.desired.remove("map");
        function.trigger().advance(120);
        var deleting = function.composed("map");
        assertTrue(deleting.at("metadata", "deletionTimestamp").isPresent());
        assertTrue(
                function.synced("map")
                        .startsWith("observe failed: cannot get object: failed to get server groups: Get"
                                + " \"https://vc.host.svc:443/api?timeout=32s\""),
                function.synced("map"));
        simulation.clear(new InjectedFault.ClusterDown("vc"));
        function.advance(200);
        assertEquals(Optional.empty(), function.find("map"));
        assertEquals(Optional.empty(), vcluster().orElseThrow().get(Ref.of(manifest())));
    }

    @Test
    void providerConfigIsProtectedWhileItIsUsed() {
        composeEverything("*");
        var config = Ref.of(function.composed("kubernetes-config"));
        assertEquals(Optional.of(1.0), simulation.get(config).orElseThrow().number("status", "users"));
        simulation.delete(config);
        function.advance(60);
        assertTrue(simulation.get(config).isPresent());
        function.desired.remove("map");
        function.desired.remove("kubernetes-config");
        function.trigger().advance(60);
        assertEquals(Optional.empty(), simulation.get(config));
    }

    @Test
    void releasesOfSeveralChartsShareTheCluster() {
        composeEverything("*");
        var names = List.of("argo-cd", "knative-operator");
        names.forEach(name -> function.desired.put(
                name, Resources.with(Resources.guestRelease(name), name, "spec", "forProvider", "chart", "name")));
        function.trigger().advance(10);
        names.forEach(name -> assertTrue(function.ready(name), name));
        assertEquals(3, vcluster().orElseThrow().list("Deployment").size());
        assertEquals(3, simulation.host().list("Pod").size());
    }

    @Test
    void kindOfAChartIsServedOnceTheChartIsInstalled() {
        simulation.defineKind("argo-cd", APPLICATION, "Application");
        composeEverything("*");
        var application = Resources.manifest(APPLICATION, "Application", "default", "shop");
        function.desired.put("application", Resources.guestObject(application));
        function.trigger().advance(5);
        assertEquals(
                "observe failed: cannot get object: unable to retrieve the complete list of server APIs:"
                        + " argoproj.io/v1alpha1: no matches for argoproj.io/v1alpha1, Resource=",
                function.synced("application"));
        function.desired.put(
                "argo-cd",
                Resources.with(Resources.guestRelease("argo-cd"), "argo-cd", "spec", "forProvider", "chart", "name"));
        function.trigger().advance(60);
        assertTrue(function.ready("application"));
    }

    @Test
    void kindOfAGroupThatIsServedIsMissedByItsName() {
        simulation.defineKind("argo-cd", APPLICATION, "Application");
        simulation.defineKind("argo-rollouts", APPLICATION, "Rollout");
        composeEverything("*");
        function.desired.put(
                "argo-cd",
                Resources.with(Resources.guestRelease("argo-cd"), "argo-cd", "spec", "forProvider", "chart", "name"));
        function.desired.put(
                "rollout", Resources.guestObject(Resources.manifest(APPLICATION, "Rollout", "default", "shop")));
        function.trigger().advance(60);
        assertEquals(
                "observe failed: cannot get object: no matches for kind \"Rollout\" in version"
                        + " \"argoproj.io/v1alpha1\"",
                function.synced("rollout"));
    }

    @Test
    void withoutDeleteEverythingGoesWithTheHostNamespaceAndNeedsNoProvider() {
        composeEverything("Observe", "Create", "Update");
        assertEquals(1, simulation.host().list("Pod").size());
        simulation.inject(new InjectedFault.ClusterDown("vc"));
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(20);
        assertEquals(List.of(Ref.namespace("team-a")), function.hostObjects());
        assertEquals(Optional.empty(), vcluster());
    }

    @Test
    void withDeleteAReleaseIsStuckOnceItsClusterIsGone() {
        composeEverything("*");
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(600);
        for (var name : List.of("app", "map")) {
            assertTrue(function.find(name).isPresent(), name);
            simulation.edit(
                    Ref.of(function.composed(name)),
                    object -> Resources.withPolicies(object, "Observe", "Create", "Update"));
        }
        function.advance(10);
        assertEquals(List.of(Ref.namespace("team-a")), function.hostObjects());
    }

    @Test
    void contentsAreLostWithTheVolume() {
        composeEverything("Observe", "Create", "Update");
        simulation.delete(Ref.namespace("host"));
        function.advance(10);
        assertEquals(Optional.empty(), vcluster());
        assertFalse(simulation.host().list("Pod").stream()
                .anyMatch(pod -> Ref.of(pod).namespace().equals("host")));
    }

    @Test
    void namespaceWithPodsTakesTimeToTerminate() {
        composeEverything("Observe", "Create", "Update");
        simulation.delete(Ref.namespace("host"));
        function.advance(10);
        assertTrue(simulation.get(Ref.namespace("host")).isPresent());
        function.advance(3);
        assertEquals(List.of(), simulation.host().list("StatefulSet"));
    }
}
