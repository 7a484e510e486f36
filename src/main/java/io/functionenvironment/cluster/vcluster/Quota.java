package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The ResourceQuota and LimitRange of a size. Both apply to the whole host namespace, so they include what the virtual cluster
 * itself runs there (its control plane, its store, its DNS, and one more pod of each Deployment during a rollout) and what
 * add-ons need.
 */
final class Quota {
    private static final int OWN_SERVICES = 10;
    /** Those of etcd, of which one is headless. */
    private static final int STORE_SERVICES = 2;
    /** The CPU limit of the chart's DNS pod, in cores. */
    private static final BigDecimal DNS_CPU = new BigDecimal("1");

    /** Its memory limit, in bytes. */
    private static final BigDecimal DNS_MEMORY = new BigDecimal(170 << 20);
    /** What a container requests at most by default, in cores. */
    private static final BigDecimal CPU = new BigDecimal("0.5");
    /** Likewise, in bytes. */
    private static final BigDecimal MEMORY = new BigDecimal(256 << 20);
    /** A Service of type LoadBalancer has a node port for each of its ports. */
    private static final int PORTS_OF_A_LOAD_BALANCER = 5;
    /** Those of both families of addresses, and of the former and the next named ports during a rollout. */
    private static final long SLICES_OF_A_SERVICE = 4;
    /** The default request for ephemeral storage, in bytes. */
    private static final BigDecimal DISK = new BigDecimal(1L << 30);

    private static final BigDecimal MEBI = new BigDecimal(1 << 20);

    private Quota() {}

    /** {@code spec.hard} of the ResourceQuota. */
    static Json.Obj hard(VclusterSize size, Availability availability, Demands demands) {
        var appPods = size.pods() + demands.pods();
        var dns = new BigDecimal(availability.dns() + 1);
        var control = new BigDecimal(availability.controlled());
        var pods = appPods + availability.controlled() + availability.dns() + 1;
        var services = appPods + demands.services() + OWN_SERVICES + (availability.stores() > 0 ? STORE_SERVICES : 0);
        var cpu = amount(size.cpu()).add(demands.cpu());
        var memory = amount(size.memory()).add(demands.memory());
        var ownCpu = amount(size.controlPlane().cpu()).multiply(control).add(DNS_CPU.multiply(dns));
        var ownMemory = amount(size.controlPlane().memory()).multiply(control).add(DNS_MEMORY.multiply(dns));
        var loadBalancers = size.loadBalancers() + (isBalanced(size) ? 1 : 0);
        var ownStorage = amount(size.storage()).multiply(new BigDecimal(availability.volumes()));
        return obj(
                field("requests.cpu", millis(cpu.add(ownCpu))),
                field("requests.memory", mebi(memory.add(ownMemory))),
                field("requests.storage", mebi(amount(size.volumes()).add(ownStorage))),
                field("requests.ephemeral-storage", mebi(DISK.multiply(new BigDecimal(2L * pods)))),
                field(
                        "limits.cpu",
                        millis(limits(size.cpu(), size.containerLimits().cpu(), size.pods())
                                .add(demandedLimits(
                                        demands.cpuLimit(),
                                        size.containerLimits().cpu(),
                                        demands))
                                .add(ownCpu))),
                field(
                        "limits.memory",
                        mebi(limits(size.memory(), size.containerLimits().memory(), size.pods())
                                .add(demandedLimits(
                                        demands.memoryLimit(),
                                        size.containerLimits().memory(),
                                        demands))
                                .add(ownMemory))),
                field("limits.ephemeral-storage", mebi(DISK.multiply(new BigDecimal(8L * pods + 10)))),
                field("count/pods", pods),
                field("count/services", services),
                field("services.loadbalancers", loadBalancers),
                field("services.nodeports", size.nodePorts() + PORTS_OF_A_LOAD_BALANCER * loadBalancers),
                field("count/endpoints", 2L * services),
                field("count/endpointslices.discovery.k8s.io", SLICES_OF_A_SERVICE * services),
                field("count/ingresses.networking.k8s.io", services),
                field("count/secrets", 100 + 5L * appPods),
                field("count/configmaps", 100 + 5L * appPods),
                field("count/persistentvolumeclaims", appPods + availability.volumes()));
    }

    private static boolean isBalanced(VclusterSize size) {
        return size.host()
                .flatMap(OtherHost::exposure)
                .filter(OtherHost.Exposure.LOAD_BALANCER::equals)
                .isPresent();
    }

    /** The limits of the apps: twice what they may request, or enough for containers that set none. */
    private static BigDecimal limits(Quantity requests, Quantity container, int pods) {
        return amount(requests)
                .multiply(new BigDecimal(2))
                .max(amount(container).multiply(new BigDecimal(pods)));
    }

    /** Those of add-ons, which have containers without limits, too. */
    private static BigDecimal demandedLimits(BigDecimal limits, Quantity container, Demands demands) {
        return limits.max(amount(container).multiply(new BigDecimal(demands.pods())));
    }

    /** The defaults for containers without requests or limits: as many of them as the size has pods fit into the quota. */
    static Json.Obj limitRange(VclusterSize size) {
        var memoryShare = amount(size.memory()).divide(new BigDecimal(2L * size.pods()), RoundingMode.DOWN);
        var cpuShare = amount(size.cpu()).divide(new BigDecimal(2L * size.pods()), 3, RoundingMode.DOWN);
        return obj(
                field("enabled", true),
                field(
                        "default",
                        obj(
                                field(
                                        "cpu",
                                        millis(amount(size.containerLimits().cpu()))),
                                field(
                                        "memory",
                                        mebi(amount(size.containerLimits().memory()))),
                                field("ephemeral-storage", "8Gi"))),
                field(
                        "defaultRequest",
                        obj(
                                field(
                                        "cpu",
                                        millis(cpuShare.min(CPU)
                                                .max(new BigDecimal("0.01"))
                                                .min(amount(
                                                        size.containerLimits().cpu())))),
                                field(
                                        "memory",
                                        mebi(memoryShare
                                                .min(MEMORY)
                                                .max(MEBI)
                                                .min(amount(
                                                        size.containerLimits().memory())))),
                                field("ephemeral-storage", "1Gi"))));
    }

    /** In cores or bytes. */
    static BigDecimal amount(Quantity quantity) {
        return quantity.getNumericalAmount();
    }

    /** Cores as a quantity in thousandths, rounded up. */
    static String millis(BigDecimal cores) {
        return cores.movePointRight(3).setScale(0, RoundingMode.CEILING).toPlainString() + "m";
    }

    /** Bytes as a quantity in Mi, rounded up. */
    static String mebi(BigDecimal bytes) {
        return bytes.divide(MEBI, 0, RoundingMode.CEILING).toPlainString() + "Mi";
    }
}
