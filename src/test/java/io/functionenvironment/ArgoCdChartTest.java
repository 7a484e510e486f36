package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.example;
import static io.functionenvironment.HelmChart.named;
import static io.functionenvironment.json.JsonLiteral.obj;
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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart makes of the values. The test needs the program helm on the PATH and, in the folder that the variable {@code
 * CHARTS} names, the chart in the version of the shipped defaults: {@code helm pull oci://ghcr.io/argoproj/argo-helm/argo-cd}.
 */
class ArgoCdChartTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path OPERATIONS = Path.of("docs", "argocd.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    @TempDir
    private Path folder;

    private Optional<HelmChart> chart = Optional.empty();

    @BeforeEach
    void findTheChart() throws IOException {
        chart = Optional.of(HelmChart.of("argocd", "argo-cd"));
    }

    private static ObservedStateFake settled(String name) throws IOException {
        return example(EXAMPLES.resolve(name)).steps(9);
    }

    /** What Helm renders of a Release with values from Secrets, as provider-helm merges them. */
    private List<Json> render(Json.Obj release, List<Json.Obj> from) throws IOException, InterruptedException {
        return chart.orElseThrow().render(release, from, folder);
    }

    private static double replicas(List<Json> objects, String kind, String name) {
        return named(objects, kind, name).number("spec", "replicas").orElseThrow();
    }

    @Test
    void everyExampleRunsWhatItAsksForAndEveryContainerHasItsResources() throws IOException, InterruptedException {
        for (var example : List.of("argocd", "argocd-private", "argocd-platform", "gitops")) {
            var state = settled(example);
            var objects = render(body(state.call(), "argocd"), List.of());
            var ui = example.equals("argocd-private") ? 1 : 0;
            assertEquals(ui, replicas(objects, "Deployment", "argocd-server"), example);
            assertEquals(0, replicas(objects, "Deployment", "argocd-applicationset-controller"), example);
            assertEquals(1, replicas(objects, "Deployment", "argocd-repo-server"), example);
            assertEquals(1, replicas(objects, "Deployment", "argocd-redis"), example);
            assertEquals(1, replicas(objects, "StatefulSet", "argocd-application-controller"), example);
            assertEquals(
                    List.of(),
                    objects.stream()
                            .filter(object -> object.text("metadata", "name")
                                    .orElse("")
                                    .matches(".*(dex|notifications-controller).*"))
                            .filter(object -> object.text("kind").orElse("").matches("Deployment|StatefulSet"))
                            .toList());
            for (var workload : objects) {
                var pod = workload.object("spec", "template", "spec");
                Stream.concat(pod.items("initContainers").stream(), pod.items("containers").stream())
                        .forEach(container -> {
                            for (var path : List.of("requests", "limits")) {
                                for (var resource : List.of("cpu", "memory")) {
                                    assertTrue(
                                            container
                                                    .text("resources", path, resource)
                                                    .isPresent(),
                                            example + ": " + workload.text("metadata", "name") + container.text("name")
                                                    + path + resource);
                                }
                            }
                        });
            }
            assertEquals(
                    4,
                    objects.stream()
                            .filter(object -> object.text("kind").equals(Optional.of("Service")))
                            .count(),
                    "as many Services as the quota has room for");
        }
    }

    @Test
    void applicationsAreValidByTheSchemaOfTheChart() throws IOException, InterruptedException {
        for (var example : List.of("argocd", "argocd-private", "argocd-platform", "gitops")) {
            var response = settled(example).call();
            var objects = render(body(response, "argocd"), List.of());
            for (var component : List.of("argocd-application", "argocd-platform-application", "argocd-project")) {
                var plural = component.equals("argocd-project") ? "appprojects" : "applications";
                var schema = StructuralSchema.of(named(objects, "CustomResourceDefinition", plural + ".argoproj.io"));
                if (response.getDesired().containsResources(component)) {
                    var manifest = new TreeMap<>(body(response, component)
                            .object("spec", "forProvider", "manifest")
                            .fields());
                    manifest.put("metadata", Json.Obj.EMPTY);
                    assertEquals(List.of(), schema.errors(new Json.Obj(manifest)), example);
                }
            }
        }
    }

    @Test
    void knownHostsAndCertificatesReachArgoCd() throws IOException, InterruptedException {
        var spec = obj(
                "enabled",
                true,
                "repoURL",
                "git@git.example.com:team/app.git",
                "sshKnownHosts",
                "git.example.com ssh-ed25519 AAAA",
                "tlsCertificates",
                obj("git.example.com", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"));
        var state = new ObservedStateFake(Fixtures.environment(obj("argocd", spec)), Json.Obj.EMPTY).steps(9);
        var objects = render(body(state.call(), "argocd"), List.of());
        var hosts = named(objects, "ConfigMap", "argocd-ssh-known-hosts-cm")
                .text("data", "ssh_known_hosts")
                .orElse("");
        assertTrue(hosts.contains("git.example.com ssh-ed25519 AAAA") && hosts.contains("github.com"), hosts);
        assertTrue(named(objects, "ConfigMap", "argocd-tls-certs-cm")
                .text("data", "git.example.com")
                .orElse("")
                .contains("BEGIN CERTIFICATE"));
    }

    /** The documents with credentials in the documentation become Secrets that Argo CD reads. */
    @Test
    void theCredentialsInTheDocumentationBecomeRepositories() throws IOException, InterruptedException {
        var text = Files.readString(OPERATIONS);
        var documents = BLOCK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(block -> block.startsWith("configs:"))
                .map(block -> (Json.Obj) Yaml.documents(block).getFirst())
                .toList();
        assertEquals(4, documents.size(), "user and token, SSH key, GitHub App, credentials for several repositories");
        var release = body(settled("argocd").call(), "argocd");
        for (var document : documents) {
            var objects = render(release, List.of(document));
            for (var kind : List.of("repositories", "credentialTemplates")) {
                document.object("configs", kind).fields().forEach((name, wanted) -> {
                    var secret = named(
                            objects,
                            "Secret",
                            (kind.equals("repositories") ? "argocd-repo-" : "argocd-repo-creds-") + name);
                    assertEquals(
                            kind.equals("repositories") ? "repository" : "repo-creds",
                            secret.text("metadata", "labels", "argocd.argoproj.io/secret-type")
                                    .orElse(""));
                    ((Json.Obj) wanted)
                            .fields()
                            .forEach((key, value) -> assertEquals(
                                    ((Json.Text) value).value().strip(),
                                    decoded(secret, key).strip(),
                                    name + "." + key));
                });
            }
        }
    }

    private static String decoded(Json secret, String key) {
        return secret.text("stringData", key)
                .or(() -> secret.text("data", key)
                        .map(data -> new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8)))
                .orElse("");
    }

    @Test
    void valuesOfTheTeamsSecretDoNotReplaceThoseOfTheFunction() throws IOException, InterruptedException {
        var release = body(settled("argocd").call(), "argocd");
        var greedy = obj("dex", obj("enabled", true), "repoServer", obj("resources", Json.Obj.EMPTY));
        var objects = render(release, List.of(greedy));
        assertTrue(objects.stream()
                .noneMatch(object -> object.text("metadata", "name").equals(Optional.of("argocd-dex-server"))));
        assertEquals(
                Optional.of("128Mi"),
                named(objects, "Deployment", "argocd-repo-server")
                        .items("spec", "template", "spec", "containers")
                        .getFirst()
                        .text("resources", "requests", "memory"));
    }
}
