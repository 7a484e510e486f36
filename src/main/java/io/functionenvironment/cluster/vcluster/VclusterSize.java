package io.functionenvironment.cluster.vcluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
        Json.Obj explicit)
        implements Size {
    record Limits(Quantity cpu, Quantity memory) {}

    /** Enough for a service in Java or Go, and the same as in the chart of vcluster. */
    private static final Limits CONTAINER_LIMITS = new Limits(Quantity.parse("1"), Quantity.parse("512Mi"));

    /** What a quantity may be, and in words. */
    private enum Amount {
        CPU("[1-9][0-9]{0,5}m?|[0-9]{1,4}\\.[0-9]{1,3}", "a number of cores or millicores, like \"2\" or \"500m\""),
        BYTES(
                "[1-9][0-9]{0,5}(\\.[0-9]{1,3})?(M|G|T|Mi|Gi|Ti)",
                "a number with the unit M, G, T, Mi, Gi or Ti, like \"4Gi\"");

        private final Pattern pattern;
        private final String allowed;

        Amount(String pattern, String allowed) {
            this.pattern = Pattern.compile(pattern);
            this.allowed = allowed;
        }
    }

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
            "nodePorts");
    private static final Quantity NOTHING = new Quantity("0");

    @Override
    public String type() {
        return Part.OWNER.type();
    }

    /** Whether the platform set the volume itself. */
    boolean explicitVolume() {
        return explicit.at("storage").isPresent() || explicit.at("storageClass").isPresent();
    }

    static VclusterSize read(FieldReader at, Json.Obj explicit) {
        at.only(FIELDS);
        var controlPlane = at.field("controlPlane")
                .required("an object with cpu and memory")
                .only(Set.of("cpu", "memory"));
        return new VclusterSize(
                quantity(at.field("cpu"), Amount.CPU),
                quantity(at.field("memory"), Amount.BYTES),
                at.field("pods").required("a number like 20").integer(1, 1000).orElse(1),
                quantity(at.field("volumes"), Amount.BYTES),
                quantity(at.field("storage"), Amount.BYTES),
                at.field("storageClass").text(AppReader.OBJECT, AppReader.allowedName("StorageClass")),
                controlPlane.present()
                        ? new Limits(
                                atLeast(controlPlane.field("cpu"), Amount.CPU, "200m"),
                                atLeast(controlPlane.field("memory"), Amount.BYTES, "256Mi"))
                        : new Limits(NOTHING, NOTHING),
                containerLimits(at.field("containerLimits").only(Set.of("cpu", "memory"))),
                at.field("loadBalancers").integer(0, MAX_SERVICES).orElse(1),
                at.field("nodePorts").integer(0, MAX_SERVICES).orElse(0),
                explicit);
    }

    private static Limits containerLimits(FieldReader at) {
        return new Limits(
                at.field("cpu").present() ? quantity(at.field("cpu"), Amount.CPU) : CONTAINER_LIMITS.cpu(),
                at.field("memory").present() ? quantity(at.field("memory"), Amount.BYTES) : CONTAINER_LIMITS.memory());
    }

    /** The pod of a control plane with a limit below its requests would not be created. */
    private static Quantity atLeast(FieldReader at, Amount kind, String least) {
        var quantity = quantity(at, kind);
        var amount = quantity.getNumericalAmount();
        // An error for what is no quantity at all is there already.
        if (amount.signum() > 0 && amount.compareTo(Quantity.parse(least).getNumericalAmount()) < 0) {
            at.error("is " + quantity + "; must be at least " + least + ": the control plane requests this much");
        }
        return quantity;
    }

    private static Quantity quantity(FieldReader at, Amount kind) {
        return at.required(kind.allowed)
                .text(kind.pattern, kind.allowed)
                .map(Quantity::parse)
                .filter(quantity -> {
                    var positive = quantity.getNumericalAmount().compareTo(BigDecimal.ZERO) > 0;
                    if (!positive) {
                        at.error("is \"" + quantity + "\"; must be more than 0");
                    }
                    return positive;
                })
                .orElse(NOTHING);
    }
}
