package io.functionenvironment.cluster.vcluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Release;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a cluster that is to become smaller still has room for what runs. Its quota counts the control plane too, which
 * a change of the chart's values restarts: under a quota below what is used it would not come back, and nothing could be
 * removed any more, since that takes the control plane. So what counts is what a quota leaves to all but the control plane.
 *
 * @param shrinks whether that becomes less in anything, so that what is used has to be watched
 * @param known whether it is known what is used
 * @param missing what would be used beyond the new quota, in words
 */
record QuotaHeadroom(boolean shrinks, boolean known, List<String> missing) {
    private static final QuotaHeadroom ENOUGH = new QuotaHeadroom(false, true, List.of());

    /** The control plane has its volume already, so it starts again without room for one. */
    private static final Set<String> NOT_NEEDED = Set.of("requests.storage", "count/persistentvolumeclaims");

    private static final String[] QUOTA = {"policies", "resourceQuota"};
    private static final String[] LIMIT_RANGE = {"policies", "limitRange"};
    private static final String[] RESOURCES = {"controlPlane", "statefulSet", "resources"};
    private static final String[] REPLICAS = {"controlPlane", "statefulSet", "highAvailability", "replicas"};

    /**
     * @param existing the cluster, if it is in use
     * @param watched the quota in the host namespace, if it is watched already
     */
    static QuotaHeadroom of(Optional<Release> existing, Json.Obj values, Optional<ObservedResource> watched) {
        if (existing.isEmpty()) {
            return ENOUGH;
        }
        var old = existing.get().values().inline();
        var after = quota(values);
        if (beyond(quota(old), old, after, values).isEmpty()) {
            return ENOUGH;
        }
        var used = watched.map(seen -> seen.body().object("status", "atProvider", "manifest", "status", "used"))
                .orElse(Json.Obj.EMPTY);
        var known = !used.isEmpty()
                && watched.filter(Readiness.READY_AND_SYNCED::of).isPresent();
        return new QuotaHeadroom(true, known, beyond(used, old, after, values));
    }

    boolean tooSmall() {
        return !missing.isEmpty();
    }

    /** Whether the quota, and what the control plane takes of it, have to stay as they are. */
    boolean holds() {
        return shrinks && (!known || tooSmall());
    }

    /** Values with the quota, and what the control plane takes of it, as they are. */
    static Json.Obj keep(Json.Obj values, Json.Obj old) {
        var kept = values;
        for (var path : List.of(QUOTA, LIMIT_RANGE, RESOURCES, REPLICAS)) {
            kept = Merge.replaced(kept, old.at(path), path);
        }
        return kept;
    }

    private static Json.Obj quota(Json.Obj values) {
        var quota = values.object(QUOTA);
        return quota.isTrue("enabled") ? quota.object("quota") : Json.Obj.EMPTY;
    }

    /**
     * Where some figures would be above a quota once the control plane is another; nothing is said of what only one of them
     * has, or of what is no quantity.
     */
    private static List<String> beyond(Json.Obj some, Json.Obj old, Json.Obj quota, Json.Obj values) {
        return quota.fields().keySet().stream()
                .filter(key -> !NOT_NEEDED.contains(key))
                .sorted()
                .flatMap(key -> amount(some.at(key))
                        .map(amount -> amount.subtract(own(old, key)).add(own(values, key)))
                        .flatMap(amount -> amount(quota.at(key))
                                .filter(hard -> amount.compareTo(hard) > 0)
                                .map(hard -> word(key, amount) + " of " + word(key, hard) + " " + key))
                        .stream())
                .toList();
    }

    /** What the control plane itself takes of this, as far as it says so. */
    private static BigDecimal own(Json.Obj values, String key) {
        var path = key.split("\\.", 2);
        return path.length < 2
                ? BigDecimal.ZERO
                : amount(values.object(RESOURCES).at(path))
                        .map(one -> one.multiply(amount(values.at(REPLICAS)).orElse(BigDecimal.ONE)))
                        .orElse(BigDecimal.ZERO);
    }

    private static Optional<BigDecimal> amount(Optional<Json> value) {
        try {
            return value.flatMap(some -> switch (some) {
                case Json.Text(var text) -> Optional.of(Quota.amount(Quantity.parse(text)));
                case Json.Num(var number) -> Optional.of(BigDecimal.valueOf(number));
                default -> Optional.empty();
            });
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /** In the unit in which a quota has it. */
    private static String word(String key, BigDecimal amount) {
        if (key.endsWith("memory") || key.endsWith("storage")) {
            return Quota.mebi(amount);
        }
        return key.endsWith("cpu")
                ? Quota.millis(amount)
                : amount.stripTrailingZeros().toPlainString();
    }
}
