package io.functionenvironment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a cluster, by a program in the place of kubectl, which notes how it is called. */
class ClusterReaderTest {
    private static final String FLAGS = " --output=json --show-managed-fields --ignore-not-found --request-timeout=60s";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aPlanGetsAndListsWhatItNeedsAndNoSecrets() throws IOException {
        var reader = new ClusterReader(kubectl("""
                case "$*" in
                  *"-- environments.platform.internal dev"*) cat "$folder/environment" ;;
                  *"-- compositions."*) cat "$folder/composition" ;;
                  *) ;;
                esac
                """));
        var environment = example("Environment");
        Files.writeString(folder.resolve("environment"), Yaml.json(withSecret(environment)));
        Files.writeString(folder.resolve("composition"), Yaml.json(example("Composition")));
        var found = reader.environment("environments.platform.internal", "e2e", "dev");
        var state = reader.around(found);
        assertEquals(
                List.of("Environment", "Composition"),
                state.objects().keySet().stream().map(Ref::kind).toList());
        assertEquals(
                List.of(
                        "get --namespace=e2e -- environments.platform.internal dev",
                        "get --namespace=e2e -- Release.v1beta1.helm.m.crossplane.io",
                        "get --namespace=e2e -- Object.v1alpha1.kubernetes.m.crossplane.io",
                        "get --namespace=e2e -- ProviderConfig.v1beta1.helm.m.crossplane.io",
                        "get -- compositionrevisions.apiextensions.crossplane.io environments.platform.internal-041a5bd",
                        "get -- compositions.apiextensions.crossplane.io environments.platform.internal",
                        "get -- environmentconfigs.apiextensions.crossplane.io environment-settings"),
                calls());
    }

    @Test
    void allEnvironmentsAreReadWithOneListForEachType() throws IOException {
        var reader = new ClusterReader(kubectl("cat \"$folder/list\"\n"));
        var one = example("Environment");
        var other = JsonEdit.set(one, "another", "metadata", "namespace");
        Files.writeString(
                folder.resolve("list"),
                Yaml.json(Json.obj(Json.field("kind", "List"), Json.field("items", List.of(one, other)))));
        assertEquals(2, reader.environments("environments.platform.internal").size());
        reader.around(List.of(one, other));
        assertEquals("get --all-namespaces -- environments.platform.internal", calls().getFirst());
        assertEquals("get --all-namespaces -- Release.v1beta1.helm.m.crossplane.io", calls().get(1));
    }

    @Test
    void whatKubectlSaysIsPassedOn() throws IOException {
        var reader = new ClusterReader(kubectl("echo 'Error from server (Forbidden): not you' >&2; exit 1\n"));
        assertEquals(
                "kubectl --context=c get environments.platform.internal --all-namespaces:"
                        + " Error from server (Forbidden): not you",
                error(() -> reader.environments("environments.platform.internal")));
    }

    @Test
    void noWordOfAFileOrOfTheClusterIsAFlagOrSeveralTypes() throws IOException {
        var reader = new ClusterReader(kubectl(""));
        var environment = example("Environment");
        var refused = new TreeMap<String, String>();
        List.of("kind", "apiVersion", "metadata.name", "metadata.namespace")
                .forEach(field -> refused.put(
                        field,
                        error(() -> reader.environment(
                                JsonEdit.set(environment, "--kubeconfig=evil", field.split("\\."))))));
        refused.put(
                "two types", error(() -> reader.environment(JsonEdit.set(environment, "Secret,ConfigMap", "kind"))));
        refused.put("--type", error(() -> reader.environments("--kubeconfig=evil")));
        refused.put(
                "a reference",
                error(() -> reader.around(List.of(JsonEdit.set(
                        environment,
                        List.of(Json.obj(
                                Json.field("apiVersion", "v1"),
                                Json.field("kind", "Secret,ConfigMap"),
                                Json.field("name", "a"))),
                        "spec",
                        "crossplane",
                        "resourceRefs")))));
        refused.put(
                "a revision",
                error(() -> reader.around(List.of(JsonEdit.set(
                        environment, "--kubeconfig=evil", "spec", "crossplane", "compositionRevisionRef", "name")))));
        var kind = "; must be a kind of letters and digits, like Environment";
        var name =
                "; must be a name of lower-case letters, digits, '-' and '.', that begins and ends with a letter or digit";
        assertEquals(
                new TreeMap<>(Map.of(
                        "kind", "kind: is \"--kubeconfig=evil\"" + kind,
                        "apiVersion",
                                "apiVersion: is \"--kubeconfig=evil\"; must be a version, or a group and a version, like"
                                        + " platform.internal/v1beta1",
                        "metadata.name", "metadata.name: is \"--kubeconfig=evil\"" + name,
                        "metadata.namespace",
                                "metadata.namespace: is \"--kubeconfig=evil\"; must be the name of a namespace, like team-a",
                        "two types", "kind: is \"Secret,ConfigMap\"" + kind,
                        "--type",
                                "type: is \"--kubeconfig=evil\"; must be a type of letters and digits, also with its group,"
                                        + " like environments.platform.internal",
                        "a reference", "kind: is \"Secret,ConfigMap\"" + kind,
                        "a revision", "spec.crossplane.compositionRevisionRef.name: is \"--kubeconfig=evil\"" + name)),
                refused);
        assertTrue(calls().stream().noneMatch(call -> call.contains("evil") || call.contains("Secret")));
    }

    @Test
    void aMissingKubectlIsNamed() {
        var reader = new ClusterReader(new Kubectl(folder.resolve("nonsuch").toString(), List.of()));
        assertTrue(error(() -> reader.environments("environments.platform.internal"))
                .endsWith(
                        "cannot be started: install kubectl (https://kubernetes.io/docs/tasks/tools) and have it in PATH,"
                                + " or read files with --state"));
    }

    @Test
    void secretsAreNeverAskedFor() throws IOException {
        var kubectl = kubectl("");
        for (var type : List.of("secret", "Secrets", "secrets.v1.", "Secret")) {
            assertEquals(
                    "the type is " + type + "; a plan reads no Secrets",
                    error(() -> kubectl.get(type, Kubectl.Place.EVERYWHERE, List.of())));
        }
        assertFalse(Files.exists(folder.resolve("calls")));
    }

    @Test
    void whatAppsHaveValuesOfIsReadByNameAndNeverFromKindsOfTheCoreGroup() throws IOException {
        var reader = new ClusterReader(kubectl(""));
        var database = new Ref("example.org/v1", "Database", "team-a", "");
        assertEquals(List.of(), reader.read(database, List.of("orders", "users")));
        reader.read(
                new Ref("apiextensions.crossplane.io/v2", "CompositeResourceDefinition", "", ""),
                List.of("databases.example.org"));
        var asked = List.of(
                "get --namespace=team-a -- Database.v1.example.org orders users",
                "get -- CompositeResourceDefinition.v2.apiextensions.crossplane.io databases.example.org");
        assertEquals(asked, calls());
        assertTrue(error(() -> reader.read(database, List.of("--namespace=team-b")))
                .startsWith("name: is \"--namespace=team-b\"; must be a name"));
        for (var kind : List.of("Secret", "ConfigMap")) {
            assertEquals(
                    "the kind is " + kind + "; values come only from composite resources",
                    error(() -> reader.read(new Ref("v1", kind, "team-a", ""), List.of("orders"))));
        }
        assertEquals(asked, calls());
    }

    private static Json.Obj withSecret(Json.Obj environment) {
        var refs = new ArrayList<>(environment.items("spec", "crossplane", "resourceRefs"));
        refs.add(Json.obj(Json.field("apiVersion", "v1"), Json.field("kind", "Secret"), Json.field("name", "forged")));
        return JsonEdit.set(environment, refs, "spec", "crossplane", "resourceRefs");
    }

    private static Json.Obj example(String kind) throws IOException {
        return LiveEnvironment.document(Path.of("examples/plan/state.yaml")).items("items").stream()
                .filter(item -> item.text("kind").filter(kind::equals).isPresent())
                .map(Json.Obj.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Kubectl kubectl(String script) throws IOException {
        var program = Files.writeString(
                folder.resolve("kubectl"),
                "#!/bin/sh\nfolder=%s\necho \"$*\" >>\"$folder/calls\"\n%s".formatted(folder, script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Kubectl(program.toString(), List.of("--context=c"));
    }

    /** Without what is the same in each call. */
    private List<String> calls() throws IOException {
        return Files.readString(folder.resolve("calls"))
                .lines()
                .map(line -> line.replace("--context=c ", "").replace(FLAGS, ""))
                .toList();
    }

    private static String error(Runnable call) {
        return assertThrows(UnreadableState.class, call::run).text();
    }
}
