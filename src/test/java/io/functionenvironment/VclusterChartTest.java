package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.example;
import static io.functionenvironment.HelmChart.named;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the vcluster chart, which refuses values that its schema does not have, makes of the values. The test needs the program helm
 * on the PATH and, in the folder that the variable {@code CHARTS} names, the chart in the version of the shipped defaults: {@code
 * helm pull vcluster --repo https://charts.loft.sh}.
 */
class VclusterChartTest {
    @TempDir
    private Path folder;

    private Optional<HelmChart> chart = Optional.empty();

    @BeforeEach
    void findTheChart() throws IOException {
        chart = Optional.of(HelmChart.of("vcluster", "vcluster"));
    }

    /** What Helm renders of the cluster of an example. */
    private List<Json> render(String name) throws IOException, InterruptedException {
        var state = example(Path.of("examples").resolve(name)).steps(9);
        return chart.orElseThrow().render(body(state.call(), "cluster"), List.of(), folder);
    }

    private static List<String> kinds(List<Json> objects) {
        return objects.stream()
                .map(object -> object.text("kind").orElse(""))
                .distinct()
                .sorted()
                .toList();
    }

    /** What the virtual cluster itself reads, which the chart puts into a Secret. */
    private static Json.Obj config(List<Json> objects) {
        var text = objects.stream()
                .filter(object -> object.text("kind").equals(Optional.of("Secret")))
                .findFirst()
                .orElseThrow()
                .text("data", "config.yaml")
                .orElseThrow();
        var bytes = Base64.getDecoder().decode(text);
        return (Json.Obj)
                Yaml.documents(new String(bytes, StandardCharsets.UTF_8)).getFirst();
    }

    @Test
    void aClusterOnNodesOfItsOwnHasNoRightsOutsideItsNamespace() throws IOException, InterruptedException {
        var objects = render("dedicated-nodes");
        var pod = named(objects, "StatefulSet", "dev").object("spec", "template", "spec");
        var selector = obj("example.org/pool", "sandboxed");
        assertEquals(selector, pod.object("nodeSelector"));
        assertEquals(
                List.of(obj(
                        "key", "example.org/pool", "operator", "Equal", "value", "sandboxed", "effect", "NoSchedule")),
                pod.items("tolerations"));
        assertEquals(Optional.empty(), pod.text("runtimeClassName"));
        var sync = config(objects).object("sync");
        assertEquals(selector, sync.object("fromHost", "nodes", "selector", "labels"));
        assertEquals(
                arr("example.org/pool=sandboxed:NoSchedule"),
                sync.at("toHost", "pods", "enforceTolerations").orElseThrow());
        assertEquals(Optional.of("gvisor"), sync.text("toHost", "pods", "runtimeClassName"));
        assertEquals(
                List.of(
                        "LimitRange",
                        "NetworkPolicy",
                        "ResourceQuota",
                        "Role",
                        "RoleBinding",
                        "Secret",
                        "Service",
                        "ServiceAccount",
                        "StatefulSet"),
                kinds(objects));
    }

    @Test
    void aClusterWithHighAvailabilityHasThreeControlPlanesAndItsStateInEtcd() throws IOException, InterruptedException {
        var objects = render("high-availability");
        var control = named(objects, "Deployment", "shop").object("spec");
        var store = named(objects, "StatefulSet", "shop-etcd").object("spec");
        assertEquals(
                "3 3",
                "%.0f %.0f"
                        .formatted(
                                control.number("replicas").orElseThrow(),
                                store.number("replicas").orElseThrow()));
        for (var workload : List.of(control, store)) {
            var pod = workload.object("template");
            assertEquals(Optional.of("shop"), pod.text("metadata", "labels", "release"), "of the disruption budget");
            assertEquals(
                    obj("cpu", "2", "memory", "2Gi", "ephemeral-storage", "10Gi"),
                    pod.object("spec").items("containers").getFirst().object("resources", "limits"));
        }
        assertEquals(Optional.of("Delete"), store.text("persistentVolumeClaimRetentionPolicy", "whenDeleted"));
        assertEquals(
                List.of("5Gi"),
                store.items("volumeClaimTemplates").stream()
                        .map(claim -> claim.text("spec", "resources", "requests", "storage")
                                .orElse(""))
                        .toList());
        assertEquals(
                2.0,
                config(objects)
                        .number("controlPlane", "coredns", "deployment", "replicas")
                        .orElseThrow());
    }

    @Test
    void thePodsOfTheClusterAndOfTheTeamPullWithTheSecretsOfThePlatform() throws IOException, InterruptedException {
        var objects = render("air-gapped");
        for (var account : List.of("vc-dev", "vc-workload-dev")) {
            assertEquals(
                    List.of(obj("name", "image-registry")),
                    named(objects, "ServiceAccount", account).items("imagePullSecrets"),
                    account);
        }
        var pod = named(objects, "StatefulSet", "dev").object("spec", "template", "spec");
        assertEquals(Optional.of("vc-dev"), pod.text("serviceAccountName"));
        assertEquals(
                List.of(),
                Stream.concat(pod.items("containers").stream(), pod.items("initContainers").stream())
                        .map(container -> container.text("image").orElse(""))
                        .filter(image -> !image.startsWith("registry.example.org/mirror/"))
                        .toList());
    }

    @Test
    void aRouteLeadsToAClusterInAnotherHost() throws IOException, InterruptedException {
        var objects = render("other-host");
        var name = "env-team-a-dev-jpaxfzo35gcbqyrz.west.example.org";
        var spec = objects.stream()
                .filter(object -> object.text("kind").equals(Optional.of("TLSRoute")))
                .findFirst()
                .orElseThrow()
                .object("spec");
        assertEquals(List.of(new Json.Text(name)), spec.items("hostnames"));
        assertEquals(List.of(obj("name", "clusters", "namespace", "gateways")), spec.items("parentRefs"));
        assertEquals(
                Optional.of("https://" + name + ":443"),
                config(objects)
                        .items("exportKubeConfig", "additionalSecrets")
                        .getFirst()
                        .text("server"));
    }

    @Test
    void theApiServerReadsTheCertificateOfTheIssuerFromAnAnnotationOfItsPod() throws IOException, InterruptedException {
        var objects = render("access");
        var pod = named(objects, "StatefulSet", "dev").object("spec", "template");
        var annotation = "environment.fn.crossplane.io/oidc-ca";
        var settings =
                Requests.documents(Path.of("examples/access/settings.yaml")).getFirst();
        assertEquals(
                settings.text("data", "vcluster", "oidc", "certificateAuthority"),
                pod.text("metadata", "annotations", annotation));
        var volume = pod.items("spec", "volumes").stream()
                .filter(each -> each.text("name").equals(Optional.of("oidc-issuer")))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(obj(
                        "path", "ca.crt", "fieldRef", obj("fieldPath", "metadata.annotations['" + annotation + "']"))),
                volume.items("downwardAPI", "items"));
        assertEquals(
                List.of("/etc/oidc-issuer"),
                pod.items("spec", "containers").getFirst().items("volumeMounts").stream()
                        .filter(each -> each.text("name").equals(Optional.of("oidc-issuer")))
                        .map(each -> each.text("mountPath").orElse(""))
                        .toList());
        assertEquals(
                Optional.of(new Json.Text("--oidc-ca-file=/etc/oidc-issuer/ca.crt")),
                config(objects).items("controlPlane", "distro", "k8s", "apiServer", "extraArgs").stream()
                        .reduce((first, second) -> second));
        assertEquals(
                List.of(),
                kinds(objects).stream()
                        .filter(kind -> kind.startsWith("Cluster"))
                        .toList());
    }

    /** A policy that refused a pod of the chart would keep each cluster from starting. */
    @ParameterizedTest
    @ValueSource(strings = {"access", "high-availability", "other-host"})
    void thePoliciesOfHostNamespacesAdmitThePodsOfAControlPlane(String example)
            throws IOException, InterruptedException {
        var policies = Files.readString(Path.of("package/host/host-protection.yaml"));
        var admitted = Pattern.compile("has\\(volume\\.(\\w+)\\)")
                .matcher(policies)
                .results()
                .map(found -> found.group(1))
                .collect(toSet());
        var longest = Pattern.compile("name: longest\n *expression: \"(\\d+)\"").matcher(policies);
        assertTrue(longest.find());
        for (var object : render(example)) {
            var pod = object.object("spec", "template", "spec");
            var volumes = pod.items("volumes").stream()
                    .flatMap(volume -> ((Json.Obj) volume).fields().keySet().stream())
                    .filter(key -> !key.equals("name") && !admitted.contains(key))
                    .toList();
            assertEquals(List.of(), volumes);
            assertTrue(pod.number("terminationGracePeriodSeconds").orElse(30.0) <= Integer.parseInt(longest.group(1)));
        }
    }
}
