package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A provider's ProviderConfigs: the cluster that each connects to, and the finalizer that protects one in use. */
final class ProviderConfigs {
    private static final String FINALIZER = "in-use.crossplane.io";
    private static final String CLIENT_ERROR = "cannot build kube client for provider config: ";

    /** Where provider-helm 1.4 and provider-kubernetes 1.2 differ. */
    enum Provider {
        HELM(
                "helm.m.crossplane.io/v1beta1",
                "failed to resolve provider config: ",
                "cannot track provider config usage"),
        KUBERNETES("kubernetes.m.crossplane.io/v1alpha1", "", "cannot track ProviderConfig usage");

        private final String apiVersion;
        private final String resolveError;
        private final String trackError;

        Provider(String apiVersion, String resolveError, String trackError) {
            this.apiVersion = apiVersion;
            this.resolveError = resolveError;
            this.trackError = trackError;
        }

        /** provider-helm reads the Secret in the namespace of the Release, whatever the reference says. */
        private String secretNamespace(Json secretRef, String namespace) {
            return this == HELM ? namespace : secretRef.text("namespace").orElse("");
        }
    }

    /** @param cluster empty if its API server does not respond */
    record Target(Optional<Cluster> cluster, String address) {}

    private final Cluster host;
    private final Hosts hosts;
    private final Provider provider;
    private final InjectedFaults faults;
    private final Function<String, Optional<Cluster>> clusterOfKubeconfig;
    private final WorkQueue queue;

    ProviderConfigs(
            Cluster host,
            Hosts hosts,
            VirtualClock clock,
            Provider provider,
            InjectedFaults faults,
            Function<String, Optional<Cluster>> clusterOfKubeconfig) {
        this.host = host;
        this.hosts = hosts;
        this.provider = provider;
        this.faults = faults;
        this.clusterOfKubeconfig = clusterOfKubeconfig;
        this.queue = new WorkQueue(clock, Duration.ofSeconds(60), this::reconcile);
        host.watch(event -> {
            if (!event.ref().apiVersion().equals(provider.apiVersion)) {
                return;
            }
            if (event.ref().isKind("ProviderConfig")) {
                queue.add(event.ref());
            } else if (event.ref().isKind("ProviderConfigUsage")) {
                event.after().or(event::before).flatMap(this::used).ifPresent(queue::add);
            }
        });
    }

    WorkQueue queue() {
        return queue;
    }

    /** A ClusterProviderConfig always exists and connects to a host; a ProviderConfig needs its Secret. */
    Target resolve(Json.Obj managed) {
        var ref = managed.object("spec", "providerConfigRef");
        var name = ref.text("name").orElse("default");
        if (!ref.text("kind").filter("ProviderConfig"::equals).isPresent()) {
            return hostTarget(name);
        }
        if (provider == Provider.KUBERNETES) {
            track(managed, name);
        }
        var namespace = Ref.of(managed).namespace();
        var config = host.get(new Ref(provider.apiVersion, "ProviderConfig", namespace, name))
                .orElseThrow(() -> new ExternalError(provider.resolveError
                        + "cannot get provider config: ProviderConfig."
                        + provider.apiVersion.substring(0, provider.apiVersion.indexOf('/')) + " \"" + name
                        + "\" not found"));
        if (provider == Provider.HELM) {
            track(managed, name);
        }
        var credentials = config.object("spec", "credentials");
        if (credentials.text("source").filter("InjectedIdentity"::equals).isPresent()) {
            return hostTarget("");
        }
        var target = secretTarget(credentials.object("secretRef"), namespace);
        checkIdentity(config.object("spec", "identity"));
        return target;
    }

    /** Secrets of identities exist, unless a fault says otherwise (provider-kubernetes 1.3, {@code pkg/kube/client}). */
    private void checkIdentity(Json.Obj identity) {
        var secret = identity.text("secretRef", "name").orElse("");
        if (faults.isActive(new InjectedFault.IdentityMissing(secret))) {
            var google = identity.text("type")
                    .filter("GoogleApplicationCredentials"::equals)
                    .isPresent();
            throw new ExternalError(CLIENT_ERROR + "cannot get REST config for provider: "
                    + (google ? "cannot extract Google" : "failed to extract Azure")
                    + " Application Credentials: cannot get credentials secret: Secret \"" + secret + "\" not found");
        }
    }

    private Target hostTarget(String config) {
        return new Target(Optional.of(hosts.cluster(config)), "10.96.0.1:443");
    }

    private Target secretTarget(Json.Obj secretRef, String namespace) {
        var name = secretRef.text("name").orElse("");
        var secret = host.get(Ref.secret(provider.secretNamespace(secretRef, namespace), name))
                .orElseThrow(() -> new ExternalError(CLIENT_ERROR + "cannot get REST config for provider: cannot get"
                        + " credentials: cannot get credentials secret: Secret \"" + name + "\" not found"));
        var kubeconfig = secret.text("data", secretRef.text("key").orElse(""))
                .orElseThrow(() -> new ExternalError(CLIENT_ERROR + "cannot create new REST config using provider"
                        + " secret: currentContext not set in kubeconfig"));
        return new Target(clusterOfKubeconfig.apply(kubeconfig), kubeconfig.substring(kubeconfig.indexOf('@') + 1));
    }

    private void track(Json.Obj managed, String config) {
        try {
            host.create(obj(
                    field("apiVersion", provider.apiVersion),
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
            throw new ExternalError(provider.resolveError + provider.trackError + ": cannot apply ProviderConfigUsage: "
                    + denied.message());
        }
    }

    private Optional<Ref> used(Json usage) {
        return usage.text("providerConfigRef", "name")
                .map(name -> new Ref(
                        provider.apiVersion, "ProviderConfig", Ref.of(usage).namespace(), name));
    }

    private ReconcileResult reconcile(Ref ref) {
        host.get(ref).ifPresent(config -> {
            var users = host.list("ProviderConfigUsage").stream()
                    .filter(usage -> Ref.of(usage).apiVersion().equals(provider.apiVersion))
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
