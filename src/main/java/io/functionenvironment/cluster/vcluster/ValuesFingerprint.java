package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.api.settings.GatewayOffer;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/**
 * Stands for what a cluster's values were made from. While the request is the same and nobody changed the values, they stay:
 * a later release of this function may make other values from the same request, and must not restart what runs.
 */
record ValuesFingerprint(Inputs inputs, VclusterSize size, Demands demands) {
    /** Of values that are not all that was requested because the quota was held; they stay as well while it is. */
    private static final String HELD = "held-";

    String complete(Json.Obj values) {
        return request() + "-" + Digest.of(values);
    }

    String held(Json.Obj values) {
        return HELD + complete(values);
    }

    /** Whether a release still has the values that were made from the same request. */
    boolean isComplete(Release release) {
        return release.fingerprint()
                .equals(Optional.of(complete(release.values().inline())));
    }

    /** Whether a release still has the values that were made from the same request while its quota was held. */
    boolean isHeld(Release release) {
        return release.fingerprint().equals(Optional.of(held(release.values().inline())));
    }

    private String request() {
        var environment = inputs.environment();
        return Digest.of(obj(
                text("size", environment.size()),
                text("kubernetesVersion", environment.kubernetesVersion()),
                field("sizes", size.explicit()),
                field("vcluster", inputs.settings().vcluster().explicit().all()),
                inputs.settings().addresses().map(ValuesFingerprint::address).orElse(text("gateway", Optional.empty())),
                text(
                        "ingresses",
                        Optional.of("removed")
                                .filter(ignored -> AddressValues.removesIngresses(
                                        inputs.settings().addresses(), demands))),
                field(
                        "demands",
                        Optional.of(demands)
                                .filter(some -> !some.equals(Demands.NONE))
                                .map(ValuesFingerprint::json))));
    }

    /** No value follows from which Gateway it is, so another one restarts nothing. */
    private static Json.Field address(AddressOffer offer) {
        return switch (offer) {
            case IngressOffer ingress -> field("ingress", ingress.explicit());
            case GatewayOffer gateway -> text("gateway", gateway.controllerNamespace());
        };
    }

    /** Under fixed keys and in a fixed form, so that a later release writes the same of the same demands. */
    private static Json.Obj json(Demands demands) {
        return obj(
                field("pods", demands.pods()),
                field("services", demands.services()),
                field("cpu", demands.cpu().stripTrailingZeros().toPlainString()),
                field("memory", demands.memory().stripTrailingZeros().toPlainString()),
                field("objects", demands.objects()));
    }
}
