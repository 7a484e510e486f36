package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.settings.VclusterOffer;
import io.functionenvironment.cluster.ClosedAddresses;
import io.functionenvironment.json.Json;
import java.util.stream.Stream;

/**
 * The values of the chart from which it makes the network policies of a host namespace (chart vcluster 0.36.1, {@code
 * templates/networkpolicy.yaml}). The chart allows public addresses in {@code publicEgress} and, in addition, what {@code egress}
 * has.
 */
final class NetworkPolicyValues {
    private static final String[] EGRESS = {"policies", "networkPolicy", "workload", "egress"};

    private NetworkPolicyValues() {}

    /** What the function sets, below {@code policies.networkPolicy}. */
    static Json.Obj of(VclusterOffer offer) {
        return offer.networkPolicy()
                ? obj(
                        field("enabled", true),
                        field(
                                "workload",
                                obj(field("publicEgress", obj(field("except", texts(ClosedAddresses.IPV4)))))))
                : obj(field("enabled", false));
    }

    /** The addresses that the platform opens, joined with the rules in the values that it gives; empty if it opens none. */
    static Json.Obj opened(VclusterOffer offer, Json.Obj given) {
        if (!offer.networkPolicy() || offer.openAddresses().isEmpty()) {
            return Json.Obj.EMPTY;
        }
        var rule = obj(field("to", ClosedAddresses.opened(offer.openAddresses())));
        var rules = Stream.concat(Stream.of(rule), given.items(EGRESS).stream()).toList();
        return obj(field("policies", obj(field("networkPolicy", obj(field("workload", obj(field("egress", rules))))))));
    }
}
