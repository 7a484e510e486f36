package io.functionenvironment.cluster.vcluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Release;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a smaller quota has room for what runs. A change of the chart's values restarts the control plane, which the quota
 * includes. Under a quota below the usage it would not start again, and without it nothing can be removed to make room. Sizes
 * also change what the control plane itself takes, so quotas are compared by what they leave to everything else.
 *
 * @param shrinks whether the new quota leaves less of any resource, so that the usage has to be observed
 * @param known whether the usage is known
 * @param missing the resources whose usage exceeds the new quota, such as {@code 24 count/pods used, 23 allowed}
 */
record QuotaHeadroom(boolean shrinks, boolean known, List<String> missing) {
    private static final QuotaHeadroom ENOUGH = new QuotaHeadroom(false, true, List.of());

    /** Not compared: the control plane keeps its volume and its Service, so it restarts without room for one. */
    private static final Set<String> IGNORED =
            Set.of("requests.storage", "count/persistentvolumeclaims", "services.loadbalancers", "services.nodeports");

    private static final int LONGEST = 64;
    private static final int LARGEST_EXPONENT = 40;

    private static final String[] QUOTA = {"policies", "resourceQuota"};
    private static final String[] LIMIT_RANGE = {"policies", "limitRange"};
    private static final String[] RESOURCES = {"controlPlane", "statefulSet", "resources"};
    private static final String[] REPLICAS = {"controlPlane", "statefulSet", "highAvailability", "replicas"};
    private static final String[] STORE_RESOURCES = {
        "controlPlane", "backingStore", "etcd", "deploy", "statefulSet", "resources"
    };

    /**
     * Compares the quota of the requested values with that of the existing ones, and with its usage.
     *
     * @param existing the cluster's release, if it is in use
     * @param values as requested
     * @param quota the ResourceQuota in the host namespace, if it is observed already
     */
    static QuotaHeadroom of(Optional<Release> existing, Json.Obj values, Optional<ObservedResource> quota) {
        if (existing.isEmpty()) {
            return ENOUGH;
        }
        var old = existing.get().values().inline();
        if (exceeding(hard(old), old, values).isEmpty()) {
            return ENOUGH;
        }
        var used = quota.map(seen -> ProviderKubernetes.manifest(seen).object("status", "used"))
                .orElse(Json.Obj.EMPTY);
        var known =
                !used.isEmpty() && quota.filter(Readiness.READY_AND_SYNCED::of).isPresent();
        return new QuotaHeadroom(true, known, exceeding(used, old, values));
    }

    /** Whether the new quota is known to be too small. */
    boolean tooSmall() {
        return !missing.isEmpty();
    }

    /** Whether the quota, and the resources of the control plane, have to stay as they are. */
    boolean holds() {
        return shrinks && (!known || tooSmall());
    }

    /** The requested values with the existing quota, limit range and resources of the control plane. */
    static Json.Obj keep(Json.Obj values, Json.Obj old) {
        var kept = values;
        for (var path : List.of(QUOTA, LIMIT_RANGE, RESOURCES, REPLICAS, STORE_RESOURCES)) {
            kept = Merge.replaced(kept, old.at(path), path);
        }
        return kept;
    }

    private static Json.Obj hard(Json.Obj values) {
        var quota = values.object(QUOTA);
        return quota.isTrue("enabled") ? quota.object("quota") : Json.Obj.EMPTY;
    }

    /**
     * The resources of which amounts, by key as in a quota, would exceed the quota of the requested values once the control
     * plane has its requested resources. A key that is in only one of them, or is no quantity, does not count.
     */
    private static List<String> exceeding(Json.Obj amounts, Json.Obj old, Json.Obj values) {
        var quota = hard(values);
        return quota.fields().keySet().stream()
                .filter(key -> !IGNORED.contains(key))
                .sorted()
                .flatMap(key -> amount(amounts.at(key))
                        .map(amount -> amount.subtract(controlPlane(old, key)).add(controlPlane(values, key)))
                        .flatMap(amount -> amount(quota.at(key))
                                .filter(hard -> amount.compareTo(hard) > 0)
                                .map(hard -> format(key, amount) + " " + key.replace("count/", "") + " used, "
                                        + format(key, hard) + " allowed"))
                        .stream())
                .toList();
    }

    /** What the control plane and its store take of a resource; zero if the values do not set it. */
    private static BigDecimal controlPlane(Json.Obj values, String key) {
        var path = key.split("\\.", 2);
        if (path.length < 2) {
            return BigDecimal.ZERO;
        }
        var one = amount(values.object(RESOURCES).at(path)).orElse(BigDecimal.ZERO);
        var store = amount(values.object(STORE_RESOURCES).at(path)).orElse(BigDecimal.ZERO);
        return one.multiply(amount(values.at(REPLICAS)).orElse(BigDecimal.ONE))
                .add(store.multiply(new BigDecimal(Availability.of(values).stores())));
    }

    static Optional<BigDecimal> amount(Optional<Json> value) {
        try {
            return value.<BigDecimal>flatMap(some -> switch (some) {
                        case Json.Text(var text)
                        when text.length() <= LONGEST -> Optional.of(Quota.amount(Quantity.parse(text)));
                        case Json.Num(var number) -> Optional.of(BigDecimal.valueOf(number));
                        default -> Optional.empty();
                    })
                    .filter(QuotaHeadroom::plausible);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /** 1e999999999 is a quantity, and would be calculated and written with all its digits. */
    private static boolean plausible(BigDecimal amount) {
        return Math.abs((long) amount.scale()) <= LARGEST_EXPONENT
                && amount.precision() - (long) amount.scale() <= LARGEST_EXPONENT;
    }

    /** An amount in the unit that {@link Quota} uses for the key. */
    private static String format(String key, BigDecimal amount) {
        if (key.endsWith("memory") || key.endsWith("storage")) {
            return Quota.mebi(amount);
        }
        return key.endsWith("cpu")
                ? Quota.millis(amount)
                : amount.stripTrailingZeros().toPlainString();
    }
}
