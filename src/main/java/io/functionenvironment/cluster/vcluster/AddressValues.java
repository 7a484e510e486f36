package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.cluster.NetworkPeer;
import io.functionenvironment.json.Json;
import java.util.Optional;

/** The values of the chart that make apps reachable through what serves addresses in the host. */
final class AddressValues {
    private static final Json.Obj INGRESSES =
            obj(field("toHost", obj(field("ingresses", obj(field("enabled", true))))));

    private AddressValues() {}

    /**
     * Ingresses are synced to the host, whose controller reaches the pods; routes to a Gateway are in the host. A vcluster that no longer
     * synchronizes Ingresses does not delete those in the host. So while some are removed, it keeps what it has for them.
     *
     * @param former the values that it has
     */
    static Json.Obj of(Optional<AddressOffer> offer, Demands demands, Optional<Json.Obj> former) {
        if (removesIngresses(offer, demands)) {
            return obj(
                    fields("sync", INGRESSES),
                    ingress(former.flatMap(values -> values.at("policies", "networkPolicy", "workload", "ingress"))));
        }
        return obj(
                fields("sync", offersIngresses(offer) ? INGRESSES : Json.Obj.EMPTY),
                ingress(offer.flatMap(AddressOffer::controllerNamespace)
                        .map(namespace -> arr(obj(field("from", arr(NetworkPeer.namespace(namespace))))))));
    }

    private static Json.Field ingress(Optional<? extends Json> rules) {
        return field(
                "policies",
                rules.map(some -> obj(field("networkPolicy", obj(field("workload", obj(field("ingress", some))))))));
    }

    /** Whether there are Ingresses of apps that are no longer offered. */
    static boolean removesIngresses(Optional<AddressOffer> offer, Demands demands) {
        return demands.ingresses() && !offersIngresses(offer);
    }

    private static boolean offersIngresses(Optional<AddressOffer> offer) {
        return offer.filter(IngressOffer.class::isInstance).isPresent();
    }
}
