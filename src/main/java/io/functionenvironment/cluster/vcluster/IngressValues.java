package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.cluster.NetworkPeer;
import io.functionenvironment.json.Json;
import java.util.Optional;

/** The values of the chart that make apps reachable through the ingress controller of the host. */
final class IngressValues {
    private IngressValues() {}

    /** Ingresses are synced to the host, whose controller reaches the pods. */
    static Json.Obj of(Optional<IngressOffer> ingress) {
        return ingress.map(offer -> obj(
                        field("sync", obj(field("toHost", obj(field("ingresses", obj(field("enabled", true))))))),
                        field(
                                "policies",
                                offer.controllerNamespace()
                                        .map(namespace -> obj(field(
                                                "networkPolicy",
                                                obj(field(
                                                        "workload",
                                                        obj(field(
                                                                "ingress",
                                                                arr(obj(field(
                                                                        "from",
                                                                        arr(NetworkPeer.namespace(
                                                                                namespace)))))))))))))))
                .orElse(Json.Obj.EMPTY);
    }
}
