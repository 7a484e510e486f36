package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a control plane to a state that was observed elsewhere: a composite and its resources as they are stored, and the world
 * outside as these resources report it. Secrets are not among them: those with connection details are inferred.
 */
record Restoration(Cluster host, Providers providers) {

    /** Returns the managed resources whose connection details are known. */
    List<Ref> restore(Json.Obj composite, List<Json.Obj> resources) {
        host.create(Manifests.namespace(Ref.of(composite).namespace()));
        host.restore(
                composite,
                Map.of("kubectl", AppliedFields.ofRequest(composite), AppliedFields.COMPOSITE, reported(composite)));
        var uid = composite.text("metadata", "uid");
        resources.forEach(resource -> host.restore(
                resource,
                ComposedResource.controllerUid(resource).equals(uid)
                        ? Map.of(AppliedFields.composedBy(composite), AppliedFields.ofComposed(resource))
                        : Map.of()));
        return providers.restore(resources);
    }

    /** The status without what Crossplane itself writes there. */
    private static Json.Obj reported(Json.Obj composite) {
        var status = JsonEdit.remove(composite.object("status"), "conditions");
        return JsonEdit.set(Json.Obj.EMPTY, status, "status");
    }

    /** Whether a provider has applied the desired state of a managed resource as it is now. */
    static boolean isApplied(Json managed) {
        var generation = managed.number("metadata", "generation");
        return Conditions.get(managed, "Synced")
                .map(synced -> synced.number("observedGeneration"))
                .filter(observed -> observed.isEmpty() || generation.isEmpty() || observed.get() >= generation.get())
                .isPresent();
    }

    /** The connection to the cluster of a ProviderConfig, which proves that there was a kubeconfig. */
    static boolean isGuest(Json managed) {
        return managed.text("spec", "providerConfigRef", "kind").equals(Optional.of("ProviderConfig"));
    }
}
