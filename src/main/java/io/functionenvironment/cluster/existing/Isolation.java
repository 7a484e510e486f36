package io.functionenvironment.cluster.existing;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.cluster.ClosedAddresses;
import io.functionenvironment.cluster.NetworkPeer;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps the namespace of an Environment apart from others in the cluster. */
record Isolation(String namespace, ExistingSize size, Optional<AddressOffer> addresses) {
    /** What every object of this function in the namespace is called. A team's manifests may not be of these kinds. */
    static final String NAME = "environment";

    /** A Service of type LoadBalancer has a node port for each of its ports. */
    private static final int PORTS_OF_A_LOAD_BALANCER = 5;

    private static final BigDecimal MEBI = new BigDecimal(1 << 20);
    /** What a container requests at most by default. */
    private static final BigDecimal MOST_CPU = new BigDecimal("0.5");

    private static final BigDecimal MOST_MEMORY = new BigDecimal(256 << 20);

    /**
     * How many Gi a container may write to the disk of its node if it sets no limit. Without one, it could fill the disk, and the node
     * would evict pods of others.
     */
    private static final int DISK_LIMIT = 8;

    /** Where the DNS of a cluster is. In any namespace, a port 53 could be anything. */
    private static final String DNS_NAMESPACE = "kube-system";

    /**
     * The manifests, by component. What add-ons need in addition does not count: they have namespaces of their own, where this
     * quota does not hold.
     */
    Map<String, Json.Obj> manifests() {
        var manifests = new LinkedHashMap<String, Json.Obj>();
        manifests.put(Part.QUOTA, manifest("v1", "ResourceQuota", obj(field("hard", hard()))));
        manifests.put(Part.LIMITS, manifest("v1", "LimitRange", obj(field("limits", arr(containerLimits())))));
        if (size.networkPolicy()) {
            manifests.put(Part.NETWORK_POLICY, manifest("networking.k8s.io/v1", "NetworkPolicy", networkPolicy()));
        }
        return manifests;
    }

    private Json.Obj manifest(String apiVersion, String kind, Json.Obj spec) {
        return obj(
                field("apiVersion", apiVersion),
                field("kind", kind),
                field("metadata", obj(field("name", NAME), field("namespace", namespace))),
                field("spec", spec));
    }

    private Json.Obj hard() {
        var pods = size.pods();
        var containers = new BigDecimal(pods);
        var cpu = amount(size.cpu());
        var memory = amount(size.memory());
        var two = new BigDecimal(2);
        return obj(
                field("requests.cpu", millis(cpu)),
                field("requests.memory", mebi(memory)),
                field("requests.storage", mebi(amount(size.volumes()))),
                field("requests.ephemeral-storage", gibi(2 * pods)),
                field(
                        "limits.cpu",
                        millis(cpu.multiply(two).max(amount(size.containerCpu()).multiply(containers)))),
                field(
                        "limits.memory",
                        mebi(memory.multiply(two)
                                .max(amount(size.containerMemory()).multiply(containers)))),
                field("limits.ephemeral-storage", gibi(DISK_LIMIT * pods)),
                field("count/pods", number(pods)),
                field("count/services", number(pods)),
                field("services.loadbalancers", number(size.loadBalancers())),
                field("services.nodeports", number(PORTS_OF_A_LOAD_BALANCER * size.loadBalancers())),
                field("count/secrets", number(100 + 5 * pods)),
                field("count/configmaps", number(100 + 5 * pods)),
                field("count/persistentvolumeclaims", number(pods + 1)),
                field("count/ingresses.networking.k8s.io", number(pods)),
                field("count/cronjobs.batch", number(pods)),
                // A CronJob keeps four of its Jobs by default.
                field("count/jobs.batch", number(5 * pods)));
    }

    private Json.Obj containerLimits() {
        var two = new BigDecimal(2L * size.pods());
        var cpu = amount(size.cpu()).divide(two, 3, RoundingMode.DOWN);
        var memory = amount(size.memory()).divide(two, 0, RoundingMode.DOWN);
        return obj(
                field("type", "Container"),
                field(
                        "default",
                        obj(
                                field("cpu", millis(amount(size.containerCpu()))),
                                field("memory", mebi(amount(size.containerMemory()))),
                                field("ephemeral-storage", gibi(DISK_LIMIT)))),
                field(
                        "defaultRequest",
                        obj(
                                field(
                                        "cpu",
                                        millis(cpu.min(MOST_CPU)
                                                .max(new BigDecimal("0.01"))
                                                .min(amount(size.containerCpu())))),
                                field(
                                        "memory",
                                        mebi(memory.min(MOST_MEMORY).max(MEBI).min(amount(size.containerMemory())))),
                                field("ephemeral-storage", gibi(1)))));
    }

    /**
     * Open inside the namespace, from what serves addresses, to the DNS of the cluster, to public addresses, and to those that the
     * platform opens.
     */
    private Json.Obj networkPolicy() {
        var inside = obj(field("podSelector", Json.Obj.EMPTY));
        var system = NetworkPeer.namespace(DNS_NAMESPACE);
        var dns =
                arr(obj(field("protocol", "UDP"), field("port", 53)), obj(field("protocol", "TCP"), field("port", 53)));
        return obj(
                field("podSelector", Json.Obj.EMPTY),
                field("policyTypes", texts("Ingress", "Egress")),
                field(
                        "ingress",
                        arr(obj(field(
                                "from",
                                Stream.concat(Stream.of(inside), controller()).toList())))),
                field(
                        "egress",
                        arr(
                                obj(field("to", arr(inside))),
                                obj(field("to", arr(system)), field("ports", dns)),
                                obj(field("to", outside())))));
    }

    private List<Json> outside() {
        return Stream.concat(
                        Stream.of(block("0.0.0.0/0", ClosedAddresses.IPV4), block("::/0", ClosedAddresses.IPV6)),
                        ClosedAddresses.opened(size.openAddresses()).stream())
                .toList();
    }

    private Stream<Json.Obj> controller() {
        return addresses.flatMap(AddressOffer::controllerNamespace).map(NetworkPeer::namespace).stream();
    }

    private static Json.Obj block(String cidr, List<String> except) {
        return obj(field("ipBlock", obj(field("cidr", cidr), field("except", texts(except)))));
    }

    private static BigDecimal amount(Quantity quantity) {
        return quantity.getNumericalAmount();
    }

    private static String number(int count) {
        return String.valueOf(count);
    }

    private static String millis(BigDecimal cores) {
        return cores.movePointRight(3).setScale(0, RoundingMode.CEILING).toPlainString() + "m";
    }

    private static String gibi(int count) {
        return count + "Gi";
    }

    private static String mebi(BigDecimal bytes) {
        return bytes.divide(MEBI, 0, RoundingMode.CEILING).toPlainString() + "Mi";
    }
}
