package io.functionenvironment.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Release;
import io.functionenvironment.tree.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Whether a cluster that is to become smaller still has room for what runs. Its quota counts the control plane too, which
 * a change of the chart's values restarts: under a quota below what is used it would not come back, and nothing could be
 * removed any more, since that takes the control plane.
 *
 * @param shrinks whether the quota becomes lower in anything, so that what is used has to be watched
 * @param known whether it is known what is used
 * @param missing what is used beyond the new quota, in words
 */
record Room(boolean shrinks, boolean known, List<String> missing) {
    private static final Room ENOUGH = new Room(false, true, List.of());

    /**
     * @param existing the cluster, if it is in use
     * @param watched the quota in the host namespace, if it is watched already
     */
    static Room of(Optional<Release> existing, Tree.Obj values, Optional<ObservedResource> watched) {
        var before = existing.map(Release::values).map(Room::quota).orElse(Tree.Obj.EMPTY);
        var after = quota(values);
        if (beyond(before, after).isEmpty()) {
            return ENOUGH;
        }
        var used = watched.map(seen -> seen.body().object("status", "atProvider", "manifest", "status", "used"))
                .orElse(Tree.Obj.EMPTY);
        var known = !used.isEmpty()
                && watched.filter(Readiness.READY_AND_SYNCED::of).isPresent();
        return new Room(true, known, beyond(used, after));
    }

    boolean tooSmall() {
        return !missing.isEmpty();
    }

    /** Whether the values have to stay as they are. */
    boolean holds() {
        return shrinks && (!known || tooSmall());
    }

    private static Tree.Obj quota(Tree.Obj values) {
        var quota = values.object("policies", "resourceQuota");
        return quota.isTrue("enabled") ? quota.object("quota") : Tree.Obj.EMPTY;
    }

    /** Where some figures are above a quota; nothing is said of what only one of them has, or of what is no quantity. */
    private static List<String> beyond(Tree.Obj some, Tree.Obj quota) {
        return quota.fields().keySet().stream()
                .sorted()
                .flatMap(key -> some.at(key).stream()
                        .flatMap(one -> quota.at(key).stream()
                                .filter(hard -> more(one, hard))
                                .map(hard -> word(one) + " of " + word(hard) + " " + key)))
                .toList();
    }

    private static boolean more(Tree one, Tree other) {
        return amount(one)
                .flatMap(some -> amount(other).map(most -> some.compareTo(most) > 0))
                .orElse(false);
    }

    private static Optional<BigDecimal> amount(Tree value) {
        try {
            return switch (value) {
                case Tree.Text(var text) -> Optional.of(Quota.amount(Quantity.parse(text)));
                case Tree.Num(var number) -> Optional.of(BigDecimal.valueOf(number));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    private static String word(Tree quantity) {
        return quantity instanceof Tree.Text(var text)
                ? text
                : amount(quantity)
                        .map(amount -> amount.stripTrailingZeros().toPlainString())
                        .orElse("");
    }
}
