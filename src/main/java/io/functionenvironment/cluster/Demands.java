package io.functionenvironment.cluster;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What an add-on needs of the cluster beyond what the size gives to apps, at most.
 *
 * @param cpu cores that its containers request
 * @param memory bytes that they request
 * @param cpuLimit cores that they are limited to
 * @param memoryLimit bytes that they are limited to
 * @param objects whether it composes objects in the cluster, for which provider-kubernetes needs access
 * @param ingresses whether Ingresses are among them, which a virtual cluster has to synchronize until they are gone
 * @param removing whether some of it is for what is being removed, so that the cluster must not shrink until that is gone
 */
public record Demands(
        int pods,
        int services,
        BigDecimal cpu,
        BigDecimal memory,
        BigDecimal cpuLimit,
        BigDecimal memoryLimit,
        boolean objects,
        boolean ingresses,
        boolean removing) {
    private static final BigDecimal TWO = new BigDecimal(2);
    public static final Demands NONE = new Demands(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, false);

    /** Of what composes objects in the cluster, and runs nothing there. */
    public static final Demands OBJECTS = new Demands(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, true);

    /** Of what composes Ingresses in the cluster. */
    public static final Demands INGRESSES =
            new Demands(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, true, true, false);

    /** Of containers that are limited to twice what they request. */
    public Demands(int pods, int services, BigDecimal cpu, BigDecimal memory, boolean objects) {
        this(pods, services, cpu, memory, cpu.multiply(TWO), memory.multiply(TWO), objects, false, false);
    }

    /** The same demands of what is being removed. */
    public Demands whileRemoving() {
        return new Demands(pods, services, cpu, memory, cpuLimit, memoryLimit, objects, ingresses, pods > 0);
    }

    public static Demands sum(Map<String, Demands> all) {
        return all.values().stream().reduce(NONE, Demands::plus);
    }

    public Demands plus(Demands other) {
        return new Demands(
                pods + other.pods,
                services + other.services,
                cpu.add(other.cpu),
                memory.add(other.memory),
                cpuLimit.add(other.cpuLimit),
                memoryLimit.add(other.memoryLimit),
                objects || other.objects,
                ingresses || other.ingresses,
                removing || other.removing);
    }
}
