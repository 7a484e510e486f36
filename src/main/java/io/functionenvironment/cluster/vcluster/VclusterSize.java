package io.functionenvironment.cluster.vcluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.api.settings.VclusterValuesReader;
import io.functionenvironment.cluster.AmountRange;
import io.functionenvironment.cluster.AmountRange.Amount;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;

/**
 * The size of a virtual cluster.
 *
 * @param cpu what all apps together may request
 * @param memory likewise
 * @param pods how many pods the apps may have
 * @param volumes what all volume claims of the apps together may request
 * @param storage the volume of the cluster's own store; it cannot change once it exists
 * @param controlPlane what the virtual control plane itself may use, on top of the apps
 * @param containerLimits the limits of a container that sets none itself
 * @param loadBalancers how many Services of type LoadBalancer the apps may have
 * @param nodePorts how many node ports the apps may have besides those of these
 * @param availability how many pods the virtual cluster itself has
 * @param host the host cluster of this size; empty for that of all sizes
 * @param scheduling on which nodes its pods run
 * @param values for the chart, merged over those for all sizes
 * @param explicit what the platform set itself of this size
 */
record VclusterSize(
        Quantity cpu,
        Quantity memory,
        int pods,
        Quantity volumes,
        Quantity storage,
        Optional<String> storageClass,
        Limits controlPlane,
        Limits containerLimits,
        int loadBalancers,
        int nodePorts,
        Availability availability,
        Optional<OtherHost> host,
        Scheduling scheduling,
        Json.Obj values,
        Json.Obj explicit)
        implements Size {
    record Limits(Quantity cpu, Quantity memory) {}

    /** Enough for a service in Java or Go, and the same as in the chart of vcluster. */
    private static final Limits CONTAINER_LIMITS = new Limits(Quantity.parse("1"), Quantity.parse("512Mi"));

    private static final AmountRange CPU = new AmountRange(Amount.CPU, "100m", "10000", "no app could run with less");
    private static final AmountRange MEMORY =
            new AmountRange(Amount.BYTES, "64Mi", "100Ti", "no app could run with less");
    private static final AmountRange VOLUMES = new AmountRange(Amount.BYTES, "1M", "10000Ti", "no volume is smaller");
    private static final AmountRange STORAGE =
            new AmountRange(Amount.BYTES, "512Mi", "64Ti", "the store of the cluster would be full soon");
    private static final String REQUESTED = "the control plane requests this much";
    private static final AmountRange CONTROL_CPU = new AmountRange(Amount.CPU, "200m", "1000", REQUESTED);
    private static final AmountRange CONTROL_MEMORY = new AmountRange(Amount.BYTES, "256Mi", "32Ti", REQUESTED);
    private static final AmountRange CONTAINER_CPU =
            new AmountRange(Amount.CPU, "10m", "1000", "Linux cannot limit a container to less");
    private static final AmountRange CONTAINER_MEMORY =
            new AmountRange(Amount.BYTES, "16Mi", "32Ti", "a container would be killed as soon as it starts");

    private static final int MAX_SERVICES = 1000;
    private static final Set<String> FIELDS = Set.of(
            "cpu",
            "memory",
            "pods",
            "volumes",
            "storage",
            "storageClass",
            "controlPlane",
            "containerLimits",
            "loadBalancers",
            "nodePorts",
            "highAvailability",
            "host",
            "nodeSelector",
            "tolerations",
            "runtimeClass",
            "values");
    private static final Quantity NOTHING = new Quantity("0");

    @Override
    public String type() {
        return Part.OWNER.type();
    }

    /** Whether the platform set the volume itself. */
    boolean explicitVolume() {
        return explicit.at("storage").isPresent()
                || explicit.at("storageClass").isPresent()
                || explicit.at("values", "controlPlane").isPresent();
    }

    static VclusterSize read(FieldReader at, Json.Obj explicit) {
        at.only(FIELDS);
        var controlPlane = at.field("controlPlane")
                .required("an object with cpu and memory")
                .only(Set.of("cpu", "memory"));
        return new VclusterSize(
                CPU.read(at.field("cpu")),
                MEMORY.read(at.field("memory")),
                at.field("pods").required("a number like 20").integer(1, 1000).orElse(1),
                VOLUMES.read(at.field("volumes")),
                STORAGE.read(at.field("storage")),
                at.field("storageClass").text(AppReader.OBJECT, AppReader.allowedName("StorageClass")),
                controlPlane.present()
                        ? new Limits(
                                CONTROL_CPU.read(controlPlane.field("cpu")),
                                CONTROL_MEMORY.read(controlPlane.field("memory")))
                        : new Limits(NOTHING, NOTHING),
                containerLimits(at.field("containerLimits").only(Set.of("cpu", "memory"))),
                at.field("loadBalancers").integer(0, MAX_SERVICES).orElse(1),
                at.field("nodePorts").integer(0, MAX_SERVICES).orElse(0),
                at.field("highAvailability").bool().orElse(false) ? Availability.HIGH : Availability.SINGLE,
                OtherHost.read(at.field("host")),
                Scheduling.read(at),
                VclusterValuesReader.read(at.field("values")),
                explicit);
    }

    private static Limits containerLimits(FieldReader at) {
        return new Limits(
                at.field("cpu").present() ? CONTAINER_CPU.read(at.field("cpu")) : CONTAINER_LIMITS.cpu(),
                at.field("memory").present() ? CONTAINER_MEMORY.read(at.field("memory")) : CONTAINER_LIMITS.memory());
    }
}
