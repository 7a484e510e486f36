package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import java.util.List;

/** Resources that tests compose. */
final class Resources {
    private static final String HELM = "helm.m.crossplane.io/v1beta1";
    private static final String KUBERNETES = "kubernetes.m.crossplane.io/v1alpha1";

    private Resources() {}

    static Json.Obj with(Json.Obj body, Object value, String... path) {
        return JsonEdit.set(body, JsonLiteral.json(value), path);
    }

    static Json.Obj withPolicies(Json.Obj body, String... policies) {
        return with(body, List.of(policies), "spec", "managementPolicies");
    }

    static Json.Obj manifest(String apiVersion, String kind, String namespace, String name) {
        return obj("apiVersion", apiVersion, "kind", kind, "metadata", obj("name", name, "namespace", namespace));
    }

    static Json.Obj configMap() {
        return manifest("v1", "ConfigMap", "team-a", "map");
    }

    /** An Object of a Namespace of the host cluster. */
    static Json.Obj namespace(String name, String... policies) {
        return object(Manifests.namespace(name), policies);
    }

    /** An Object in the host cluster; without policies it has the default. */
    static Json.Obj object(Json.Obj manifest, String... policies) {
        var object =
                obj("apiVersion", KUBERNETES, "kind", "Object", "spec", obj("forProvider", obj("manifest", manifest)));
        return policies.length == 0 ? object : withPolicies(object, policies);
    }

    /** A Release of a chart in the host cluster. */
    static Json.Obj release(String name, String namespace) {
        return obj(
                "apiVersion",
                HELM,
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

    static Json.Obj version(Json.Obj release, String version) {
        return with(release, version, "spec", "forProvider", "chart", "version");
    }

    /** A Release of the vcluster chart in the namespace host, with a connection Secret. */
    static Json.Obj vcluster() {
        var chart = with(release("vc", "host"), "vcluster", "spec", "forProvider", "chart", "name");
        var exporting = with(
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
        return with(
                with(exporting, arr(detail), "spec", "connectionDetails"),
                obj("name", "kubeconfig"),
                "spec",
                "writeConnectionSecretToRef");
    }

    /** A Release in the cluster of the ProviderConfig {@link #helmConfig}. */
    static Json.Obj guestRelease(String name) {
        return with(release(name, name), guest(), "spec", "providerConfigRef");
    }

    /** An Object in the cluster of the ProviderConfig {@link #kubernetesConfig}. */
    static Json.Obj guestObject(Json.Obj manifest, String... policies) {
        return with(object(manifest, policies), guest(), "spec", "providerConfigRef");
    }

    private static Json.Obj guest() {
        return obj("kind", "ProviderConfig", "name", "guest");
    }

    static Json.Obj helmConfig() {
        return providerConfig(HELM);
    }

    static Json.Obj kubernetesConfig() {
        return providerConfig(KUBERNETES);
    }

    private static Json.Obj providerConfig(String apiVersion) {
        var secretRef = obj("name", "kubeconfig", "namespace", "team-a", "key", "kubeconfig");
        return obj(
                "apiVersion",
                apiVersion,
                "kind",
                "ProviderConfig",
                "metadata",
                obj("name", "guest"),
                "spec",
                obj("credentials", obj("source", "Secret", "secretRef", secretRef)));
    }

    /** A managed resource of an invented provider. */
    static Json.Obj managed(ManagedKind kind, String externalName, String... policies) {
        var managed = obj(
                "apiVersion",
                kind.apiVersion(),
                "kind",
                kind.kind(),
                "metadata",
                obj("annotations", obj("crossplane.io/external-name", externalName)),
                "spec",
                obj("forProvider", obj("machines", 3)));
        return policies.length == 0 ? managed : withPolicies(managed, policies);
    }
}
