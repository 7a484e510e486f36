package io.functionenvironment.addon.registration;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.ArgocdRegistration;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.provider.ProviderArgocd;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Tracking;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cluster as provider-argocd registers it. It reads the kubeconfig itself, so no credentials pass through here. */
record RegisteredCluster(Identity identity, ArgocdRegistration registration) {
    private static final String PREFIX = "environment.fn.crossplane.io/";
    /** Argo CD shows the name, and selects clusters by it; a label may have 63 characters, of which the hash has 16. */
    private static final int READABLE = 46;

    private static final int LEAST = 22;

    /** Unique in Argo CD, through the hash. Part of the API: it never changes. */
    String name() {
        var namespace = words(identity.namespace());
        var name = words(identity.name());
        if (namespace.length() + 1 + name.length() > READABLE) {
            namespace = cut(namespace, Math.max(LEAST, READABLE - 1 - name.length()));
            name = cut(name, READABLE - 1 - namespace.length());
        }
        return namespace + "-" + name + "-" + identity.hash();
    }

    /**
     * The manifest.
     *
     * @param size the size that the Environment requests
     * @param environment the labels of the Environment
     */
    Json.Obj manifest(ClusterTarget.Kubeconfig kubeconfig, String config, String size, Json.Obj environment) {
        return obj(
                field("apiVersion", ProviderArgocd.CLUSTER.apiVersion()),
                field("kind", ProviderArgocd.CLUSTER.kind()),
                field(
                        "metadata",
                        obj(field("name", name()), field("labels", obj(field(Tracking.ENVIRONMENT, identity.hash()))))),
                field(
                        "spec",
                        obj(
                                field(
                                        "forProvider",
                                        obj(
                                                field("name", name()),
                                                field("config", obj(field("kubeconfigSecretRef", secret(kubeconfig)))),
                                                field("labels", texts(labels(size, environment))),
                                                field(
                                                        "annotations",
                                                        Optional.of(texts(new TreeMap<>(registration.annotations())))
                                                                .filter(some -> !some.isEmpty())),
                                                text("project", registration.project()))),
                                field("providerConfigRef", obj(field("name", config))))));
    }

    private Json.Obj secret(ClusterTarget.Kubeconfig kubeconfig) {
        return obj(
                field("name", kubeconfig.secret()),
                field("namespace", identity.namespace()),
                field("key", kubeconfig.key()));
    }

    /** A team cannot change a label that the platform sets. */
    private Map<String, String> labels(String size, Json.Obj environment) {
        var labels = new TreeMap<String, String>();
        registration
                .environmentLabels()
                .forEach(key -> environment.text(key).ifPresent(value -> labels.put(key, value)));
        labels.putAll(registration.labels());
        labels.put(PREFIX + "kind", identity.kind());
        labels.put(PREFIX + "namespace", identity.namespace());
        labels.put(PREFIX + "name", identity.name());
        labels.put(PREFIX + "size", size);
        return labels;
    }

    private static String words(String text) {
        return text.replaceAll("[-.]+", "-");
    }

    private static String cut(String text, int length) {
        var start = text.substring(0, Math.min(text.length(), length));
        return start.endsWith("-") ? start.substring(0, start.length() - 1) : start;
    }
}
