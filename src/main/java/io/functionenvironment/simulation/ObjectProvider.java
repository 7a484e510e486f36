package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;

/** provider-kubernetes, for namespaced Objects whose manifests are in the host cluster or in another one. */
record ObjectProvider(Cluster host, VirtualClock clock, ProviderConfigs configs, CustomKinds customKinds)
        implements ExternalClient.Provider {
    private static final Duration NOT_READY = Duration.ofSeconds(30);

    @Override
    public String apiVersion() {
        return "kubernetes.m.crossplane.io/v1alpha1";
    }

    @Override
    public String kind() {
        return "Object";
    }

    @Override
    public Json.Obj serialized(Json.Obj managed) {
        return managed;
    }

    /** The Objects with {@code watch: true} whose manifest is the given object, in whatever cluster. */
    static List<Ref> watching(Cluster host, Ref manifest) {
        return host.list("Object").stream()
                .filter(object -> object.isTrue("spec", "watch"))
                .filter(object -> Ref.of(ManifestClient.manifest(object)).equals(manifest))
                .map(Ref::of)
                .toList();
    }

    /** An Object that is not ready is polled every 30 seconds, whatever is configured. */
    @Override
    public Duration pollInterval(Json.Obj managed, Duration configured) {
        return Conditions.isTrue(managed, "Ready") ? configured : NOT_READY;
    }

    @Override
    public ExternalClient connect(Json.Obj managed) {
        return new ManifestClient(managed, configs.resolve(managed), customKinds, clock);
    }
}
