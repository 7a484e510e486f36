package io.functionenvironment.cluster;

import java.math.BigDecimal;

/**
 * What an add-on needs of the cluster beyond what the size gives to apps, at most.
 *
 * @param cpu cores
 * @param memory bytes
 * @param objects whether it composes objects in the cluster, for which provider-kubernetes needs access
 */
public record Demands(int pods, int services, BigDecimal cpu, BigDecimal memory, boolean objects) {
    public static final Demands NONE = new Demands(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, false);

    public Demands plus(Demands other) {
        return new Demands(
                pods + other.pods,
                services + other.services,
                cpu.add(other.cpu),
                memory.add(other.memory),
                objects || other.objects);
    }
}
