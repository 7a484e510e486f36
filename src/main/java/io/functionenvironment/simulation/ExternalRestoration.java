package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;

/** Brings external resources to where managed resources that were observed elsewhere report them. */
record ExternalRestoration(ConnectionSecrets secrets, List<ExternalClient.Provider> providers) {

    /** Returns the managed resources whose connection details are known. */
    List<Ref> restore(List<Json.Obj> resources) {
        // Something in a cluster proves that its kubeconfig was there, although the cluster may not be ready now.
        var used = resources.stream()
                .anyMatch(each -> Restoration.isGuest(each)
                        && each.at("status", "atProvider").isPresent());
        return RestorationOrder.of(resources).stream()
                .filter(managed -> restore(managed, used))
                .map(Ref::of)
                .toList();
    }

    private boolean restore(Json.Obj managed, boolean used) {
        return providers.stream()
                .filter(provider -> provider.manages(Ref.of(managed)))
                .anyMatch(provider -> restore(managed, used, provider));
    }

    private boolean restore(Json.Obj managed, boolean used, ExternalClient.Provider provider) {
        var connected = ConnectionSecrets.ref(managed).isPresent() && (used || Conditions.isTrue(managed, "Ready"));
        try {
            var external = provider.connect(managed);
            external.restore(connected);
            if (connected) {
                secrets.publish(managed, external.observe().connection());
            }
            return connected;
        } catch (ExternalError outOfReach) {
            return false;
        }
    }
}
