package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.lost;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An Environment that is a namespace of a cluster that others use, too, cannot harm these, and loses nothing. */
class ExistingClusterTest {
    private static final String HASH = "jpaxfzo35gcbqyrz";
    private static final String NAMESPACE = "env-team-a-dev-" + HASH;
    private static final Json.Obj SHARE =
            obj("providerConfig", "shared-cluster", "cpu", "2", "memory", "4Gi", "pods", 20, "volumes", "20Gi");
    private static final Json.Obj TRUSTED = Merge.over(SHARE, obj("trusted", true));
    private static final Json.Obj OWN_CHART = obj(
            "name", "own", "chart", obj("repository", "https://charts.example.com", "name", "own", "version", "1.0.0"));

    private static Json.Obj sizes(Json.Obj share) {
        return settings(obj(
                "sizes",
                obj("shared", obj("existing", share)),
                "limits",
                obj("chartRepositories", arr("https://charts.example.com"))));
    }

    private static Json.Obj shared(Object... fields) {
        return environment(Merge.over(obj("size", "shared"), obj(fields)));
    }

    private static ObservedStateFake state(Json.Obj share, Json.Obj environment) {
        return new ObservedStateFake(environment, sizes(share)).steps(12);
    }

    private static ObservedStateFake ready(String... apps) {
        return state(SHARE, shared("apps", Stream.of(apps).map(Fixtures::app).toList()));
    }

    private static Json.Obj manifest(String name, String apiVersion, String kind, String namespace) {
        return obj(
                "name",
                name,
                "manifest",
                obj("apiVersion", apiVersion, "kind", kind, "metadata", obj("name", name, "namespace", namespace)));
    }

    private static List<String> component(ObservedStateFake state, String prefix) {
        return state.names().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private static Json.Obj target(ObservedStateFake state, String component) {
        return body(state.call(), component).object("spec", "forProvider");
    }

    @Test
    void anAppIsInTheNamespaceOfTheEnvironmentUnderANameOfItsOwn() {
        var release = target(ready("a"), "app-a");
        assertEquals(Optional.of(NAMESPACE), release.text("namespace"));
        assertEquals(
                Optional.of("a-" + HASH),
                body(ready("a").call(), "app-a").text("metadata", "annotations", "crossplane.io/external-name"));
        assertTrue(release.at("skipCreateNamespace").isPresent(), "Helm creates no namespace there");
        assertEquals(
                Optional.of("shared-cluster"),
                body(ready("a").call(), "app-a").text("spec", "providerConfigRef", "name"));
    }

    @Test
    void twoEnvironmentsHaveTheSameAppSideBySide() {
        var other = new ObservedStateFake(
                        Merge.over(shared("apps", arr(app("a"))), obj("metadata", obj("name", "test"))), sizes(SHARE))
                .steps(9);
        var names = new TreeSet<String>();
        for (var state : List.of(ready("a"), other)) {
            names.add(body(state.call(), "app-a")
                    .text("metadata", "annotations", "crossplane.io/external-name")
                    .orElseThrow());
            names.add(target(state, "app-a").text("namespace").orElseThrow());
        }
        assertEquals(4, names.size(), names.toString());
    }

    @Test
    void nothingIsInstalledBeforeTheNamespaceIsIsolated() {
        var state = new ObservedStateFake(shared("apps", arr(app("a"))), sizes(SHARE));
        var seen = new ArrayList<String>();
        for (var step = 0; step < 9; step++) {
            var before = state.names();
            state.step();
            state.names().stream()
                    .filter(name -> !before.contains(name) && !name.startsWith("usage-"))
                    .sorted()
                    .forEach(seen::add);
        }
        assertEquals(
                List.of("namespace", "isolation-limits", "isolation-quota", "isolation-network-policy", "app-a"), seen);
    }

    @Test
    void whatIsNotIsolatedNeedsNoNetworkPolicy() {
        var state = ready("a").settings(sizes(Merge.over(SHARE, obj("networkPolicy", false))));
        state.steps(8);
        assertEquals(Set.of(), Set.copyOf(component(state, "isolation-network-policy")));
        assertEquals(List.of("app-a"), component(state, "app-"));
    }

    @Test
    void theNetworkPolicyOpensTheNamespaceTheDnsAndPublicAddresses() {
        var policy = target(ready("a"), "isolation-network-policy").object("manifest");
        var spec = policy.object("spec");
        assertEquals(Json.Obj.EMPTY, spec.object("podSelector"));
        assertEquals(List.of(obj("from", arr(obj("podSelector", Json.Obj.EMPTY)))), spec.items("ingress"));
        var egress = spec.items("egress");
        assertEquals(obj("to", arr(obj("podSelector", Json.Obj.EMPTY))), egress.get(0));
        assertEquals(
                arr(obj("namespaceSelector", obj("matchLabels", obj("kubernetes.io/metadata.name", "kube-system")))),
                egress.get(1).at("to").orElseThrow());
        assertEquals(2, egress.get(1).items("ports").size());
        var blocks = egress.get(2).items("to").stream()
                .map(to -> to.object("ipBlock"))
                .toList();
        assertEquals(
                List.of("0.0.0.0/0", "::/0"),
                blocks.stream().map(block -> block.text("cidr").orElseThrow()).toList());
        for (var closed : List.of(
                "10.0.0.0/8",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "100.64.0.0/10",
                "169.254.0.0/16",
                "168.63.129.16/32")) {
            assertTrue(blocks.get(0).items("except").contains(new Json.Text(closed)), closed);
        }
        assertEquals(
                List.of(new Json.Text("fc00::/7"), new Json.Text("fe80::/10")),
                blocks.get(1).items("except"));
        assertEquals(3, egress.size());
    }

    @Test
    void theQuotaIsThatOfTheSizeWhateverAddonsNeed() {
        var hard = target(ready("a"), "isolation-quota").object("manifest", "spec", "hard");
        assertEquals(Optional.of("2000m"), hard.text("requests.cpu"));
        assertEquals(Optional.of("4096Mi"), hard.text("requests.memory"));
        assertEquals(Optional.of("20"), hard.text("count/pods"));
        assertEquals(Optional.of("0"), hard.text("services.loadbalancers"));
        assertEquals(Optional.of("0"), hard.text("services.nodeports"));
        assertEquals(Optional.of("20"), hard.text("count/ingresses.networking.k8s.io"));
        assertEquals(Optional.of("20"), hard.text("count/cronjobs.batch"));
        assertEquals(Optional.of("100"), hard.text("count/jobs.batch"));
        var argocd = obj("enabled", true, "repoURL", "https://git.example.com/team/app.git");
        var trusted = state(TRUSTED, shared("argocd", argocd));
        assertEquals(hard, target(trusted, "isolation-quota").object("manifest", "spec", "hard"));
    }

    @Test
    void aLoadBalancerHasRoomForItsNodePorts() {
        var state = state(Merge.over(SHARE, obj("loadBalancers", 2)), shared("apps", arr()));
        var hard = target(state, "isolation-quota").object("manifest", "spec", "hard");
        assertEquals(Optional.of("2"), hard.text("services.loadbalancers"));
        assertEquals(Optional.of("10"), hard.text("services.nodeports"));
    }

    @Test
    void teamsMayInstallOnlyChartsOfTheCatalog() {
        var state = state(SHARE, shared("apps", arr(app("a"), OWN_CHART)));
        assertEquals(List.of("spec.apps[1].chart.repository"), invalid(state.call()));
        assertEquals(List.of("app-a"), component(state, "app-"));
        var trusted = state(TRUSTED, shared("apps", arr(app("a"), OWN_CHART)));
        assertEquals("TRUE Accepted", reason(trusted.call(), "Accepted"));
        assertEquals(Set.of("app-a", "app-own"), Set.copyOf(component(trusted, "app-")));
    }

    @Test
    void thePlatformMayInstallAnyChart() {
        var platform = Merge.over(sizes(SHARE), obj("data", obj("apps", arr(OWN_CHART))));
        var state = new ObservedStateFake(shared("apps", arr()), platform).steps(9);
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
        assertEquals(List.of("app-own"), component(state, "app-"));
    }

    @Test
    void whatIsInstalledStaysWhenTrustEnds() {
        var config = manifest("config", "v1", "ConfigMap", "elsewhere");
        var role = manifest("role", "rbac.authorization.k8s.io/v1", "Role", "elsewhere");
        var argocd = obj("enabled", true, "repoURL", "https://git.example.com/team/app.git");
        var state = state(TRUSTED, shared("apps", arr(OWN_CHART), "manifests", arr(config, role), "argocd", argocd));
        var before = bodies(state.call());
        state.settings(sizes(SHARE));
        assertEquals(before, bodies(state.call()));
        assertEquals(
                Set.of(
                        "spec.apps[0].chart.repository",
                        "spec.manifests[0].manifest.metadata.namespace",
                        "spec.manifests[1].manifest.kind",
                        "spec.argocd"),
                Set.copyOf(invalid(state.call())));
        assertEquals(before, bodies(state.steps(3).call()));
    }

    @Test
    void whatIsInTheNamespaceStaysThereWhenTrustBegins() {
        var state = state(SHARE, shared("manifests", arr(manifest("config", "v1", "ConfigMap", "elsewhere"))));
        var before = bodies(state.call());
        assertEquals(before, bodies(state.settings(sizes(TRUSTED)).call()));
    }

    @Test
    void aManifestIsInTheNamespaceOfTheEnvironment() {
        var state = state(SHARE, shared("manifests", arr(manifest("config", "v1", "ConfigMap", "elsewhere"))));
        var object = component(state, "manifest-config-").getFirst();
        assertEquals(Optional.of(NAMESPACE), target(state, object).text("manifest", "metadata", "namespace"));
        assertEquals(
                Optional.of(NAMESPACE),
                status(state.call()).items("manifests").getFirst().text("namespace"));
        var trusted = state(TRUSTED, shared("manifests", arr(manifest("config", "v1", "ConfigMap", "elsewhere"))));
        assertEquals(
                Optional.of("elsewhere"),
                target(trusted, component(trusted, "manifest-config-").getFirst())
                        .text("manifest", "metadata", "namespace"));
    }

    @Test
    void twoManifestsThatBecomeTheSameObjectAreBothRefused() {
        var one = manifest("one", "v1", "ConfigMap", "x");
        var other = Merge.over(one, obj("name", "other", "manifest", obj("metadata", obj("namespace", "y"))));
        var state = state(SHARE, shared("manifests", arr(one, other)));
        assertEquals(List.of("spec.manifests[1].manifest"), invalid(state.call()));
        assertEquals(List.of(), component(state, "manifest-"));
    }

    @Test
    void noManifestCanWeakenTheIsolation() {
        for (var kind : List.of(
                List.of("v1", "ResourceQuota"),
                List.of("v1", "LimitRange"),
                List.of("v1", "Endpoints"),
                List.of("networking.k8s.io/v1", "NetworkPolicy"),
                List.of("rbac.authorization.k8s.io/v1", "Role"),
                List.of("rbac.authorization.k8s.io/v1", "RoleBinding"),
                List.of("policy/v1", "PodDisruptionBudget"),
                List.of("example.org/v1", "Service"),
                List.of("example.org/v1", "Shop"))) {
            var state = state(SHARE, shared("manifests", arr(manifest("hostile", kind.get(0), kind.get(1), "x"))));
            assertEquals(List.of("spec.manifests[0].manifest.kind"), invalid(state.call()), kind.toString());
            assertEquals(List.of(), component(state, "manifest-"));
        }
        for (var kind : List.of(
                List.of("v1", "Namespace"),
                List.of("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
                List.of("example.org/v1", "ClusterShop"))) {
            var object = obj("apiVersion", kind.get(0), "kind", kind.get(1), "metadata", obj("name", "hostile"));
            var state = state(SHARE, shared("manifests", arr(obj("name", "hostile", "manifest", object))));
            assertEquals(List.of("spec.manifests[0].manifest.kind"), invalid(state.call()), kind.toString());
            assertEquals(List.of(), component(state, "manifest-"));
        }
        var service = Merge.over(
                manifest("hostile", "v1", "Service", "x"),
                obj("manifest", obj("spec", obj("externalIPs", arr("10.96.0.1")))));
        assertEquals(
                List.of("spec.manifests[0].manifest.spec.externalIPs"),
                invalid(state(SHARE, shared("manifests", arr(service))).call()));
    }

    /** Controllers copy the metadata of templates into the objects that they create. */
    @Test
    void noTemplateHasFinalizers() {
        var kept = obj("metadata", obj("finalizers", arr("example.org/kept")));
        for (var hostile : Map.of(
                        "spec.template", obj("template", kept),
                        "spec.volumeClaimTemplates[0]", obj("volumeClaimTemplates", arr(kept)),
                        "spec.jobTemplate.spec.template", obj("jobTemplate", obj("spec", obj("template", kept))))
                .entrySet()) {
            var manifest = Merge.over(
                    manifest("hostile", "apps/v1", "StatefulSet", "x"),
                    obj("manifest", obj("spec", hostile.getValue())));
            var environment = shared("manifests", arr(manifest));
            assertEquals(
                    List.of("spec.manifests[0].manifest." + hostile.getKey() + ".metadata.finalizers"),
                    invalid(state(SHARE, environment).call()));
            assertEquals(List.of(), component(state(SHARE, environment), "manifest-"));
            assertEquals("TRUE Accepted", reason(state(TRUSTED, environment).call(), "Accepted"));
        }
    }

    @Test
    void aVolumeClaimDoesNotChooseItsVolume() {
        var claim = manifest("hostile", "v1", "PersistentVolumeClaim", "x");
        for (var spec : List.of(
                obj("volumeName", "pv-of-others"),
                obj("selector", obj("matchLabels", obj("team", "b"))),
                obj("selector", Json.Obj.EMPTY))) {
            var hostile = shared("manifests", arr(Merge.over(claim, obj("manifest", obj("spec", spec)))));
            var field = "spec.manifests[0].manifest.spec."
                    + spec.fields().keySet().iterator().next();
            assertEquals(List.of(field), invalid(state(SHARE, hostile).call()));
            assertEquals(List.of(), component(state(SHARE, hostile), "manifest-"));
            assertEquals("TRUE Accepted", reason(state(TRUSTED, hostile).call(), "Accepted"));
        }
        assertEquals(
                "TRUE Accepted",
                reason(state(SHARE, shared("manifests", arr(claim))).call(), "Accepted"));
    }

    @Test
    void noTemplatesAndNothingUnseenReachTheValuesOfCharts() {
        var unseen = obj("secretKeyRef", obj("name", "s", "key", "k"));
        var hostile = Merge.over(
                app("a"),
                obj(
                        "values",
                        obj(
                                "a",
                                "{{ lookup \"v1\" \"Secret\" \"\" \"\" }}",
                                "b",
                                arr("x", obj("c", "{{-1}}")),
                                "d{{",
                                1,
                                "e",
                                "ends with {",
                                "f",
                                "{\"a\": {\"b\": 1}}"),
                        "valuesFrom",
                        arr(unseen),
                        "set",
                        arr(
                                obj("name", "a", "value", "\\{\\{ lookup }}"),
                                obj("name", "b", "value", "1,c={x,{}"),
                                obj("name", "d", "valueFrom", unseen),
                                obj("name", "e", "value", "{x,y}"))));
        assertEquals(
                Set.of(
                        "spec.apps[0].values.a",
                        "spec.apps[0].values.b[1].c",
                        "spec.apps[0].values.d{{",
                        "spec.apps[0].values.e",
                        "spec.apps[0].valuesFrom",
                        "spec.apps[0].set[0]",
                        "spec.apps[0].set[1]",
                        "spec.apps[0].set[2].valueFrom"),
                Set.copyOf(invalid(state(SHARE, shared("apps", arr(hostile))).call())));
        assertEquals(List.of(), component(state(SHARE, shared("apps", arr(hostile))), "app-"));
        assertEquals(
                "TRUE Accepted",
                reason(state(TRUSTED, shared("apps", arr(hostile))).call(), "Accepted"));
        var templates = Merge.over(sizes(SHARE), settings(obj("catalog", obj("podinfo", obj("templates", true)))));
        assertEquals(
                "TRUE Accepted",
                reason(
                        new ObservedStateFake(shared("apps", arr(hostile)), templates)
                                .steps(9)
                                .call(),
                        "Accepted"));
    }

    /** Secrets and ConfigMaps that the platform names are in the namespace of the Environment, in which its team can write. */
    @Test
    void whatThePlatformTakesFromTheNamespaceOfTheEnvironmentIsNotSeenEither() {
        var unseen = obj("secretKeyRef", obj("name", "s", "key", "k"));
        var from = obj("valuesFrom", arr(unseen));
        var set = obj("set", arr(obj("name", "d", "valueFrom", unseen)));
        var found = new TreeMap<String, List<String>>();
        for (var entry : Map.of("values", from, "set", set).entrySet()) {
            var catalog = obj("podinfo", entry.getValue());
            found.put(entry.getKey(), acceptedPaths(settings(obj("catalog", catalog))));
            found.put(
                    entry.getKey() + " of an app in Settings",
                    acceptedPaths(settings(obj("apps", arr(Merge.over(OWN_CHART, entry.getValue()))))));
            var templates = Merge.over(entry.getValue(), obj("templates", true));
            found.put(
                    entry.getKey() + " with templates",
                    acceptedPaths(settings(obj("catalog", obj("podinfo", templates)))));
        }
        assertEquals(
                "{set=[spec.apps[0]], set of an app in Settings=[EnvironmentConfig data.apps[0]], set with templates=[], values=[spec.apps[0]],"
                        + " values of an app in Settings=[EnvironmentConfig data.apps[0]], values with templates=[]}",
                found.toString());
    }

    private static List<String> acceptedPaths(Json.Obj platform) {
        var state = new ObservedStateFake(shared("apps", arr(app("a"))), Merge.over(sizes(SHARE), platform)).steps(9);
        return invalid(state.call());
    }

    @Test
    void thePlatformMayWriteTemplates() {
        var template = obj("values", obj("a", "{{ .Release.Name }}"));
        var platform = settings(obj("catalog", obj("podinfo", template), "apps", arr(Merge.over(OWN_CHART, template))));
        var state = new ObservedStateFake(shared("apps", arr(app("a"))), Merge.over(sizes(SHARE), platform)).steps(9);
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
        assertEquals(Set.of("app-a", "app-own"), Set.copyOf(component(state, "app-")));
    }

    @Test
    void theDisksOfNodesAreCountedAndLimited() {
        var hard = target(ready("a"), "isolation-quota").object("manifest", "spec", "hard");
        assertEquals(Optional.of("40Gi"), hard.text("requests.ephemeral-storage"));
        assertEquals(Optional.of("160Gi"), hard.text("limits.ephemeral-storage"));
        var limits = target(ready("a"), "isolation-limits")
                .object("manifest", "spec")
                .items("limits")
                .getFirst();
        assertEquals(Optional.of("8Gi"), limits.text("default", "ephemeral-storage"));
        assertEquals(Optional.of("1Gi"), limits.text("defaultRequest", "ephemeral-storage"));
    }

    @Test
    void whatDependsOnARefusedManifestIsNotInstalled() {
        var role = manifest("role", "rbac.authorization.k8s.io/v1", "Role", "x");
        var dependent = Merge.over(app("a"), obj("dependsOn", arr("role")));
        var state = state(SHARE, shared("apps", arr(dependent), "manifests", arr(role)));
        assertEquals(List.of(), component(state, "app-"));
        assertFalse(Fixtures.fatal(state.call()));
    }

    @Test
    void argoCdNeedsAClusterThatTheEnvironmentHasForItself() {
        var argocd = obj("enabled", true, "repoURL", "https://git.example.com/team/app.git");
        var dependent = Merge.over(app("a"), obj("dependsOn", arr("argocd")));
        var state = state(SHARE, shared("argocd", argocd, "apps", arr(dependent)));
        assertEquals(List.of("spec.argocd"), invalid(state.call()));
        assertEquals(List.of(), component(state, "argocd"));
        assertEquals("FALSE Invalid", reason(state.call(), "GitOpsReady"));
        assertEquals(
                List.of("argocd"),
                component(state(TRUSTED, shared("argocd", argocd)), "argocd").stream()
                        .filter("argocd"::equals)
                        .toList());
    }

    @Test
    void knativeNeedsAClusterThatTheEnvironmentHasForItself() {
        var knative = shared("knative", obj("enabled", true));
        var state = state(SHARE, knative);
        assertEquals(List.of("spec.knative"), invalid(state.call()));
        assertEquals(List.of(), component(state, "knative"));
        var trusted = state(Merge.over(TRUSTED, obj("kubernetesVersion", "1.35")), knative);
        assertEquals("TRUE Accepted", reason(trusted.call(), "Accepted"));
        var before = bodies(trusted.call());
        assertTrue(component(trusted, "knative").contains("knative"));
        trusted.settings(sizes(Merge.over(SHARE, obj("kubernetesVersion", "1.35"))));
        assertEquals(List.of("spec.knative"), invalid(trusted.call()));
        assertEquals(before, bodies(trusted.call()));
    }

    @Test
    void anArgoCdOfThePlatformIsOnlyInClustersThatAnEnvironmentHasForItself() {
        var application = obj("argocd", obj("application", obj("repoURL", "https://git.example.com/team/app.git")));
        var state = new ObservedStateFake(
                        shared("apps", arr(app("a"))), Merge.over(sizes(SHARE), obj("data", application)))
                .steps(9);
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
        assertEquals(List.of(), component(state, "argocd"));
        assertEquals("", condition(state.call(), "GitOpsReady"));
    }

    @Test
    void anAppWhoseReleaseWouldHaveTooLongANameIsRefused() {
        var longest = "a".repeat(36);
        assertEquals(List.of("app-" + longest), component(ready(longest), "app-"));
        var state = ready(longest + "a");
        assertEquals(List.of("spec.apps[0].name"), invalid(state.call()));
        assertEquals(List.of(), component(state, "app-"));
    }

    @Test
    void labelsOfANamespaceThatThePlatformGaveAreRefused() {
        var labelled = Merge.over(app("a"), obj("namespaceMetadata", obj("labels", obj("team", "a"))));
        for (var share : List.of(SHARE, TRUSTED)) {
            var state = state(share, shared("apps", arr(labelled)));
            assertEquals(List.of("spec.apps[0].namespaceMetadata"), invalid(state.call()));
            assertEquals(List.of(), component(state, "app-"));
        }
    }

    @Test
    void aWorkloadIsOnlyLookedForInTheNamespaceOfTheEnvironment() {
        var workload = obj("kind", "Deployment", "name", "<app>-web", "namespace", "elsewhere");
        var state = state(SHARE, shared("apps", arr(Merge.over(app("a"), obj("workloads", arr(workload))))));
        var metadata = target(state, component(state, "workload-a-").getFirst()).object("manifest", "metadata");
        assertEquals(obj("name", "a-" + HASH + "-web", "namespace", NAMESPACE), metadata);
    }

    @Test
    void aVersionThatTheClusterDoesNotHaveIsRefused() {
        var versioned = Merge.over(SHARE, obj("kubernetesVersion", "1.35"));
        assertEquals(
                "TRUE Accepted",
                reason(state(versioned, shared("kubernetesVersion", "1.35")).call(), "Accepted"));
        for (var share : List.of(versioned, SHARE)) {
            var state = state(share, shared("kubernetesVersion", "1.34", "apps", arr(app("a"))));
            assertEquals(List.of("spec.kubernetesVersion"), invalid(state.call()));
            assertEquals(List.of("app-a"), component(state, "app-"));
        }
    }

    @Test
    void theStatusShowsTheClusterAndNoKubeconfig() {
        var described = Merge.over(
                SHARE,
                obj(
                        "kubernetesVersion",
                        "1.35",
                        "apiServer",
                        "https://shared.example.com",
                        "connect",
                        "kubectl get pods"));
        var status = status(state(described, shared("apps", arr(app("a")))).call());
        assertEquals(
                obj(
                        "type", "existing",
                        "name", "shared-cluster",
                        "namespace", NAMESPACE,
                        "kubernetesVersion", "1.35",
                        "apiServer", "https://shared.example.com"),
                status.object("cluster"));
        assertEquals(Optional.empty(), status.at("kubeconfig"));
        assertEquals(Optional.of("kubectl get pods"), status.text("connect"));
    }

    @Test
    void aMisspeltSizeAndAVanishedOneLoseNothing() {
        var config = manifest("config", "v1", "ConfigMap", "elsewhere");
        var fields = obj("apps", arr(app("a")), "manifests", arr(config));
        for (var size : List.of("sharde", "small")) {
            var state = state(SHARE, shared("apps", arr(app("a")), "manifests", arr(config)));
            var before = bodies(state.call());
            state.change(environment(Merge.over(fields, obj("size", size))));
            assertEquals(List.of("spec.size"), invalid(state.call()), size);
            assertEquals(before, bodies(state.call()), size);
            assertEquals(before, bodies(state.steps(3).call()), size);
        }
        var state = state(SHARE, shared("apps", arr(app("a")), "manifests", arr(config)));
        var before = bodies(state.call());
        assertEquals(before, bodies(state.settings(Json.Obj.EMPTY).call()));
        assertEquals(List.of("spec.size"), invalid(state.call()));
    }

    @Test
    void aMisspeltSizeLosesNothingWhoseLabelsWereRemoved() {
        for (var part : List.of("namespace", "isolation-quota", "isolation-network-policy")) {
            var state = ready("a");
            var before = state.names();
            var owner = "environment.fn.crossplane.io/owner";
            state.edit(part, obj("metadata", obj("labels", obj(owner, "app.another"))));
            state.change(environment(obj("size", "sharde", "apps", arr(app("a")))));
            assertEquals(before, state.call().getDesired().getResourcesMap().keySet(), part);
            assertEquals(List.of("spec.size"), invalid(state.call()));
        }
    }

    @Test
    void anEnvironmentDoesNotMoveToAnotherCluster() {
        for (var moved : List.of(obj("providerConfig", "another"), obj("helmProviderConfig", "another"))) {
            var state = ready("a");
            var before = bodies(state.call());
            state.settings(sizes(Merge.over(SHARE, moved)));
            assertEquals(List.of("spec.size"), invalid(state.call()));
            assertEquals(before, bodies(state.call()));
        }
        var vcluster = Fixtures.ready("a");
        var before = bodies(vcluster.call());
        vcluster.settings(sizes(SHARE)).change(shared("apps", arr(app("a"))));
        assertEquals(List.of("spec.size"), invalid(vcluster.call()));
        assertEquals(before, bodies(vcluster.call()));
    }

    @Test
    void aNamespaceOfAnotherOwnerIsLeftAlone() {
        var state = new ObservedStateFake(shared("apps", arr(app("a"))), sizes(SHARE)).steps(1);
        for (var annotations :
                List.of(Json.Obj.EMPTY, owner("team-b", "dev", "another"), owner("team-a", "dev", "an-earlier-one"))) {
            state.status("namespace", observes(annotations));
            var response = state.call();
            assertEquals(List.of("metadata.name"), invalid(response), annotations.toString());
            assertEquals(
                    "[Text[value=Observe]]", policies(response, "namespace").toString());
            assertEquals(1, response.getDesired().getResourcesCount());
        }
    }

    private static Json.Obj owner(String namespace, String name, String uid) {
        var prefix = "environment.fn.crossplane.io/owner-";
        return obj(prefix + "namespace", namespace, prefix + "name", name, prefix + "uid", uid);
    }

    private static Json.Obj observes(Json.Obj annotations) {
        return obj(
                "atProvider",
                obj(
                        "manifest",
                        obj(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Namespace",
                                "metadata",
                                obj("name", NAMESPACE, "annotations", annotations))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    @Test
    void aMissingConfigurationIsReportedInTheWordsOfTheProvider() {
        var missing =
                "cannot get provider config: ClusterProviderConfig.kubernetes.m.crossplane.io \"shared-cluster\" not found";
        var state = new ObservedStateFake(shared("apps", arr(app("a"))), sizes(SHARE)).steps(1);
        state.status(
                "namespace",
                obj(
                        "conditions",
                        arr(Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                obj("message", missing)))));
        assertTrue(
                condition(state.call(), "ClusterReady").contains("\"shared-cluster\" not found"),
                condition(state.call(), "ClusterReady"));
        assertEquals(List.of(), component(state, "app-"));
    }

    @Test
    void aClusterThatDoesNotRespondLosesNothingAndWhatIsRemovedIsOrphaned() {
        var state = ready("a", "b").status("namespace", lost());
        assertEquals(Set.of("app-a", "app-b"), Set.copyOf(component(state, "app-")));
        state.change(shared("apps", arr(app("a")))).step();
        state.status("namespace", lost()).step();
        assertEquals(List.of("app-a"), component(state, "app-"));
    }

    @Test
    void aRemovedAppIsUninstalledAndTheRestStays() {
        var state = ready("a", "b>a").change(shared("apps", arr(app("a"))));
        for (var call = 0; call < 8; call++) {
            state.step();
            assertTrue(state.names().containsAll(Set.of("app-a", "namespace", "isolation-quota")));
        }
        assertEquals(List.of("app-a"), component(state, "app-"));
    }

    @Test
    void everythingInTheNamespaceProtectsItAndItsIsolation() {
        var config = manifest("config", "v1", "ConfigMap", "elsewhere");
        var state = state(SHARE, shared("apps", arr(app("a")), "manifests", arr(config)));
        var usages = component(state, "usage-").stream()
                .map(name -> name.replaceFirst("-[0-9a-f]{12}", ""))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "usage-app-a-isolation-network-policy",
                        "usage-app-a-namespace",
                        "usage-manifest-config-isolation-network-policy",
                        "usage-manifest-config-namespace"),
                usages);
        assertEquals("[Text[value=*]]", policies(state.call(), "app-a").toString());
    }

    private static Json.Obj bodies(RunFunctionResponse response) {
        return Responses.of(response).object("resources");
    }

    @Test
    void theNamespaceHasTheLabelsAndAnnotationsOfHostNamespaces() {
        var host = obj(
                "host",
                obj(
                        "labels", obj("cost-center", "7"),
                        "environmentLabels", arr("service"),
                        "annotations", obj("contact", "platform")));
        var labelled =
                Merge.over(shared("apps", arr(app("a"))), obj("metadata", obj("labels", obj("service", "shop"))));
        var state = new ObservedStateFake(labelled, Merge.over(sizes(SHARE), obj("data", host))).steps(9);
        var metadata = target(state, "namespace").object("manifest", "metadata");
        assertEquals(
                "7 shop platform",
                String.join(
                        " ",
                        metadata.text("labels", "cost-center").orElse(""),
                        metadata.text("labels", "service").orElse(""),
                        metadata.text("annotations", "contact").orElse("")));
    }
}
