package io.functionenvironment.addon.knative;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.math.BigDecimal;

/** A workload of one pod with one container. */
record Workload(String name, String container, Amount requests, Amount limits) {
    /**
     * What a container requests, or is limited to.
     *
     * @param cpu in thousandths of a core
     * @param memory in Mi
     */
    record Amount(int cpu, int memory) {
        private Json.Obj json() {
            return obj(field("cpu", cpu + "m"), field("memory", memory + "Mi"));
        }

        BigDecimal cores() {
            return BigDecimal.valueOf(cpu, 3);
        }

        BigDecimal bytes() {
            return new BigDecimal(memory).multiply(new BigDecimal(1 << 20));
        }
    }

    static Workload of(String name, String container, int cpu, int memory, int cpuLimit, int memoryLimit) {
        return new Workload(name, container, new Amount(cpu, memory), new Amount(cpuLimit, memoryLimit));
    }

    /** An item of {@code spec.workloads} of a custom resource. */
    Json.Obj override() {
        return obj(
                field("name", name),
                field(
                        "resources",
                        arr(obj(
                                field("container", container),
                                field("requests", requests.json()),
                                field("limits", limits.json())))));
    }
}
