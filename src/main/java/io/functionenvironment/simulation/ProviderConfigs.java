package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;

/** provider-helm's configurations: which cluster each leads to, and that none goes while it is in use. */
final class ProviderConfigs {
    private static final String HELM = "helm.m.crossplane.io/v1beta1";
    private static final String FINALIZER = "in-use.crossplane.io";
    private static final String NO_CLIENT = "cannot build kube client for provider config: ";

    /**
     * Where a configuration leads.
     *
     * @param cluster empty if it does not answer
     */
    record Target(Optional<Cluster> cluster, String address) {}

    private final Cluster host;
    private final Vclusters vclusters;
    private final WorkQueue queue;

    ProviderConfigs(Cluster host, Timeline timeline, Vclusters vclusters) {
        this.host = host;
        this.vclusters = vclusters;
        this.queue = new WorkQueue(timeline, Duration.ofSeconds(60), this::reconcile);
        host.watch(change -> {
            if (change.ref().is("ProviderConfig")) {
                queue.add(change.ref());
            } else if (change.ref().is("ProviderConfigUsage")) {
                change.after().or(change::before).flatMap(ProviderConfigs::used).ifPresent(queue::add);
            }
        });
    }

    WorkQueue queue() {
        return queue;
    }

    /** What the platform set up is there; what was composed has to be found, with the Secret it names. */
    Target resolve(Json.Obj managed) {
        var ref = managed.object("spec", "providerConfigRef");
        var name = ref.text("name").orElse("default");
        if (!ref.text("kind").filter("ProviderConfig"::equals).isPresent()) {
            return new Target(Optional.of(host), "10.96.0.1:443");
        }
        var namespace = Ref.of(managed).namespace();
        var config = host.get(new Ref(HELM, "ProviderConfig", namespace, name))
                .orElseThrow(() -> new Failure("failed to resolve provider config: cannot get provider config:"
                        + " ProviderConfig.helm.m.crossplane.io \"" + name + "\" not found"));
        use(managed, name);
        var secretRef = config.object("spec", "credentials", "secretRef");
        var secretName = secretRef.text("name").orElse("");
        var secret = host.get(Ref.secret(namespace, secretName))
                .orElseThrow(
                        () -> new Failure(NO_CLIENT + "cannot get REST config for provider: cannot get credentials:"
                                + " cannot get credentials secret: Secret \"" + secretName + "\" not found"));
        var kubeconfig = secret.text("data", secretRef.text("key").orElse(""))
                .orElseThrow(() -> new Failure(NO_CLIENT + "cannot create new REST config using provider secret:"
                        + " currentContext not set in kubeconfig"));
        return new Target(vclusters.reach(kubeconfig), kubeconfig.substring(kubeconfig.indexOf('@') + 1));
    }

    private void use(Json.Obj managed, String config) {
        try {
            host.create(obj(
                    field("apiVersion", HELM),
                    field("kind", "ProviderConfigUsage"),
                    field(
                            "metadata",
                            obj(
                                    field(
                                            "name",
                                            managed.text("metadata", "uid").orElse("")),
                                    field("namespace", Ref.of(managed).namespace()),
                                    field("ownerReferences", arr(Secrets.ownerOf(managed, Ref.of(managed)))))),
                    field("providerConfigRef", obj(field("kind", "ProviderConfig"), field("name", config)))));
        } catch (ApiError refused) {
            throw new Failure(
                    "cannot track ProviderConfig usage: cannot apply ProviderConfigUsage: " + refused.words());
        }
    }

    private static Optional<Ref> used(Json usage) {
        return usage.text("providerConfigRef", "name")
                .map(name -> new Ref(HELM, "ProviderConfig", Ref.of(usage).namespace(), name));
    }

    private Outcome reconcile(Ref ref) {
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
        return new Outcome.Done();
    }
}
