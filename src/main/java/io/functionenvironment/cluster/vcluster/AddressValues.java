package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.api.settings.GatewayOffer;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.cluster.NetworkPeer;
import io.functionenvironment.json.Json;
import java.util.Optional;

/** The values of the chart that make apps reachable through what serves addresses in the host. */
final class AddressValues {
    private AddressValues() {}

    static Json.Obj of(Optional<AddressOffer> offer) {
        return obj(
                fields("sync", offer.map(AddressValues::sync).orElse(Json.Obj.EMPTY)),
                field(
                        "policies",
                        offer.flatMap(AddressOffer::controllerNamespace)
                                .map(namespace -> obj(field(
                                        "networkPolicy",
                                        obj(field(
                                                "workload",
                                                obj(field(
                                                        "ingress",
                                                        arr(obj(field(
                                                                "from",
                                                                arr(NetworkPeer.namespace(namespace))))))))))))));
    }

    /** Ingresses are synced to the host, whose controller reaches the pods. Routes to a Gateway are in the host. */
    private static Json.Obj sync(AddressOffer offer) {
        return switch (offer) {
            case IngressOffer ignored -> obj(field("toHost", obj(field("ingresses", obj(field("enabled", true))))));
            case GatewayOffer ignored -> Json.Obj.EMPTY;
        };
    }
}
