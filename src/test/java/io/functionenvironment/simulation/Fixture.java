package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A function that answers what a test tells it to, and the control plane that calls it. */
final class Fixture implements Pipeline {
    static final Ref COMPOSITE = new Ref("example.org/v1", "Thing", "team-a", "it");

    final Map<String, Json.Obj> desired = new TreeMap<>();
    List<PipelineResponse.Condition> conditions = List.of();
    Json.Obj status = Json.Obj.EMPTY;
    Optional<Duration> ttl = Optional.empty();
    Map<String, PipelineResponse.ResourceSelector> requirements = Map.of();
    Optional<String> fatal = Optional.empty();
    final Simulation simulation;

    Fixture() {
        this(SimulationOptions.DEFAULT);
    }

    Fixture(SimulationOptions options) {
        simulation = new Simulation(this, options);
    }

    @Override
    public PipelineResponse run(PipelineRequest request, Instant now) {
        var wanted = new TreeMap<String, PipelineResponse.DesiredResource>();
        desired.forEach((name, body) -> wanted.put(name, new PipelineResponse.DesiredResource(body, true)));
        return new PipelineResponse(wanted, status, Optional.empty(), conditions, List.of(), ttl, requirements, fatal);
    }

    /** Makes the composite, and lets some seconds pass. */
    Fixture start(int seconds) {
        simulation.apply(obj(
                "apiVersion", COMPOSITE.apiVersion(),
                "kind", COMPOSITE.kind(),
                "metadata", obj("name", COMPOSITE.name(), "namespace", COMPOSITE.namespace()),
                "spec", obj("touched", 0)));
        return after(seconds);
    }

    Fixture after(int seconds) {
        simulation.advance(Duration.ofSeconds(seconds));
        return this;
    }

    /** Has the function called, by a change of the composite. */
    Fixture touch() {
        simulation.edit(
                COMPOSITE,
                object -> JsonEdit.set(object, object.number("spec", "touched").orElse(0.0) + 1, "spec", "touched"));
        return after(1);
    }

    /** What is composed under a name. */
    Json.Obj composed(String name) {
        return find(name).orElseThrow();
    }

    Optional<Json.Obj> find(String name) {
        return simulation
                .host()
                .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .filter(name::equals)
                        .isPresent())
                .stream()
                .findFirst();
    }

    String synced(String name) {
        return Conditions.get(composed(name), "Synced")
                .flatMap(condition -> condition.text("message").or(() -> condition.text("status")))
                .orElse("");
    }

    /** The status of a condition of the composite. */
    String says(String type) {
        return Conditions.get(composite(), type)
                .flatMap(condition -> condition.text("status"))
                .orElse("");
    }

    boolean ready(String name) {
        return Conditions.isTrue(composed(name), "Ready");
    }

    Json.Obj composite() {
        return simulation.get(COMPOSITE).orElseThrow();
    }

    static Json.Obj namespace(String name, String... policies) {
        return object(obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", name)), policies);
    }

    static Json.Obj object(Json.Obj manifest, String... policies) {
        return obj(
                "apiVersion", "kubernetes.m.crossplane.io/v1alpha1",
                "kind", "Object",
                "spec",
                        obj(
                                "forProvider", obj("manifest", manifest),
                                "managementPolicies", List.of(policies.length == 0 ? new String[] {"*"} : policies)));
    }

    static Json.Obj release(String name, String namespace) {
        return obj(
                "apiVersion",
                "helm.m.crossplane.io/v1beta1",
                "kind",
                "Release",
                "metadata",
                obj("annotations", obj("crossplane.io/external-name", name)),
                "spec",
                obj(
                        "forProvider",
                        obj(
                                "chart",
                                obj("repository", "https://charts.example.org", "name", "app", "version", "1.0.0"),
                                "namespace",
                                namespace),
                        "providerConfigRef",
                        obj("kind", "ClusterProviderConfig", "name", "default")));
    }

    /** A Release of vcluster in the namespace home, whose kubeconfig goes to a Secret. */
    static Json.Obj vcluster() {
        var release = release("vc", "home");
        var chart = JsonEdit.set(release, "vcluster", "spec", "forProvider", "chart", "name");
        var exporting = JsonEdit.set(
                chart,
                obj("additionalSecrets", arr(obj("name", "vc-incluster"))),
                "spec",
                "forProvider",
                "values",
                "exportKubeConfig");
        var detail = obj(
                "apiVersion", "v1",
                "kind", "Secret",
                "name", "vc-incluster",
                "fieldPath", "data.config",
                "toConnectionSecretKey", "kubeconfig");
        return JsonEdit.set(
                JsonEdit.set(exporting, arr(detail), "spec", "connectionDetails"),
                obj("name", "copy"),
                "spec",
                "writeConnectionSecretToRef");
    }

    /** A Release into that virtual cluster. */
    static Json.Obj inside(String name) {
        return JsonEdit.set(
                release(name, name), obj("kind", "ProviderConfig", "name", "inner"), "spec", "providerConfigRef");
    }

    static Json.Obj config() {
        return obj(
                "apiVersion",
                "helm.m.crossplane.io/v1beta1",
                "kind",
                "ProviderConfig",
                "metadata",
                obj("name", "inner"),
                "spec",
                obj("credentials", obj("source", "Secret", "secretRef", obj("name", "copy", "key", "kubeconfig"))));
    }
}
