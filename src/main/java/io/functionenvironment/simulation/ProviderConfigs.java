package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;

/** provider-helm's ProviderConfigs: the cluster that each connects to, and the finalizer that protects one in use. */
final class ProviderConfigs {
    private static final String API_VERSION = "helm.m.crossplane.io/v1beta1";
    private static final String FINALIZER = "in-use.crossplane.io";
    private static final String CLIENT_ERROR = "cannot build kube client for provider config: ";

    /** @param cluster empty if its API server does not respond */
    record Target(Optional<Cluster> cluster, String address) {}

    private final Cluster host;
    private final Vclusters vclusters;
    private final WorkQueue queue;

    ProviderConfigs(Cluster host, VirtualClock clock, Vclusters vclusters) {
        this.host = host;
        this.vclusters = vclusters;
        this.queue = new WorkQueue(clock, Duration.ofSeconds(60), this::reconcile);
        host.watch(event -> {
            if (event.ref().isKind("ProviderConfig")) {
                queue.add(event.ref());
            } else if (event.ref().isKind("ProviderConfigUsage")) {
                event.after().or(event::before).flatMap(ProviderConfigs::used).ifPresent(queue::add);
            }
        });
    }

    WorkQueue queue() {
        return queue;
    }

    /** A ClusterProviderConfig always exists and connects to the host; a ProviderConfig needs its Secret. */
    Target resolve(Json.Obj managed) {
        var ref = managed.object("spec", "providerConfigRef");
        var name = ref.text("name").orElse("default");
        if (!ref.text("kind").filter("ProviderConfig"::equals).isPresent()) {
            return new Target(Optional.of(host), "10.96.0.1:443");
        }
        var namespace = Ref.of(managed).namespace();
        var config = host.get(new Ref(API_VERSION, "ProviderConfig", namespace, name))
                .orElseThrow(() -> new ExternalError("failed to resolve provider config: cannot get provider config:"
                        + " ProviderConfig.helm.m.crossplane.io \"" + name + "\" not found"));
        track(managed, name);
        var secretRef = config.object("spec", "credentials", "secretRef");
        var secretName = secretRef.text("name").orElse("");
        var secret = host.get(Ref.secret(namespace, secretName))
                .orElseThrow(() ->
                        new ExternalError(CLIENT_ERROR + "cannot get REST config for provider: cannot get credentials:"
                                + " cannot get credentials secret: Secret \"" + secretName + "\" not found"));
        var kubeconfig = secret.text("data", secretRef.text("key").orElse(""))
                .orElseThrow(
                        () -> new ExternalError(CLIENT_ERROR + "cannot create new REST config using provider secret:"
                                + " currentContext not set in kubeconfig"));
        return new Target(vclusters.connect(kubeconfig), kubeconfig.substring(kubeconfig.indexOf('@') + 1));
    }

    private void track(Json.Obj managed, String config) {
        try {
            host.create(obj(
                    field("apiVersion", API_VERSION),
                    field("kind", "ProviderConfigUsage"),
                    field(
                            "metadata",
                            obj(
                                    field(
                                            "name",
                                            managed.text("metadata", "uid").orElse("")),
                                    field("namespace", Ref.of(managed).namespace()),
                                    field("ownerReferences", arr(Manifests.controllerReference(managed))))),
                    field("providerConfigRef", obj(field("kind", "ProviderConfig"), field("name", config)))));
        } catch (ApiError denied) {
            throw new ExternalError(
                    "cannot track ProviderConfig usage: cannot apply ProviderConfigUsage: " + denied.message());
        }
    }

    private static Optional<Ref> used(Json usage) {
        return usage.text("providerConfigRef", "name")
                .map(name ->
                        new Ref(API_VERSION, "ProviderConfig", Ref.of(usage).namespace(), name));
    }

    private ReconcileResult reconcile(Ref ref) {
        host.get(ref).ifPresent(config -> {
            var users = host.list("ProviderConfigUsage").stream()
                    .filter(usage -> used(usage).filter(ref::equals).isPresent())
                    .count();
            host.update(ref, object -> JsonEdit.set(object, users, "status", "users"));
            if (config.at("metadata", "deletionTimestamp").isEmpty()) {
                host.update(ref, object -> JsonEdit.withFinalizer(object, FINALIZER));
            } else if (users == 0) {
                host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            }
        });
        return new ReconcileResult.Done();
    }
}
