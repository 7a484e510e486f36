package io.functionenvironment.api.settings;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads sizes. */
final class SizeReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");
    private static final Pattern CPU = Pattern.compile("[1-9][0-9]{0,5}m?|[0-9]{1,4}\\.[0-9]{1,3}");
    private static final Pattern BYTES = Pattern.compile("[1-9][0-9]{0,5}(\\.[0-9]{1,3})?(M|G|T|Mi|Gi|Ti)");
    private static final Pattern CLASS = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Quantity NOTHING = new Quantity("0");

    private SizeReader() {}

    static Map<String, Size> sizes(FieldReader at) {
        var sizes = new LinkedHashMap<String, Size>();
        at.entries().forEach((name, size) -> {
            if (!NAME.matcher(name).matches()) {
                at.error("has the name " + Redaction.of(name)
                        + ", must have 1 to 32 lower case letters, digits and '-'");
            } else {
                sizes.put(name, read(size));
            }
        });
        return Map.copyOf(sizes);
    }

    private static Size read(FieldReader at) {
        var vcluster = at.only(Set.of("vcluster")).field("vcluster");
        if (!vcluster.present()) {
            at.error("must have vcluster, the kind of cluster");
            return new Size.Vcluster(
                    NOTHING, NOTHING, 1, NOTHING, NOTHING, Optional.empty(), new Size.ControlPlane(NOTHING, NOTHING));
        }
        vcluster.only(Set.of("cpu", "memory", "pods", "volumes", "storage", "storageClass", "controlPlane"));
        var controlPlane =
                vcluster.field("controlPlane").required("cpu and memory").only(Set.of("cpu", "memory"));
        return new Size.Vcluster(
                quantity(vcluster.field("cpu"), CPU, "2"),
                quantity(vcluster.field("memory"), BYTES, "4Gi"),
                vcluster.field("pods")
                        .required("a number like 20")
                        .integer(1, 1000)
                        .orElse(1),
                quantity(vcluster.field("volumes"), BYTES, "20Gi"),
                quantity(vcluster.field("storage"), BYTES, "5Gi"),
                vcluster.field("storageClass").text(CLASS, "the name of a StorageClass"),
                new Size.ControlPlane(
                        least(controlPlane.field("cpu"), CPU, "1", "200m"),
                        least(controlPlane.field("memory"), BYTES, "1Gi", "256Mi")));
    }

    /** A limit below what the control plane requests would make no pod. */
    private static Quantity least(FieldReader at, Pattern pattern, String example, String least) {
        var quantity = quantity(at, pattern, example);
        var amount = quantity.getNumericalAmount();
        // What is no quantity at all is said already.
        if (amount.signum() > 0 && amount.compareTo(Quantity.parse(least).getNumericalAmount()) < 0) {
            at.error("is " + quantity + ", must be at least " + least + ", which the control plane requests");
        }
        return quantity;
    }

    private static Quantity quantity(FieldReader at, Pattern pattern, String example) {
        return at.required("a quantity like " + example)
                .text(pattern, "a quantity in quotes, like \"" + example + "\"")
                .map(Quantity::parse)
                .filter(quantity -> {
                    var some = quantity.getNumericalAmount().compareTo(BigDecimal.ZERO) > 0;
                    if (!some) {
                        at.error("must be more than 0");
                    }
                    return some;
                })
                .orElse(NOTHING);
    }
}
