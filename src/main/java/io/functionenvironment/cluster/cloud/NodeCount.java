package io.functionenvironment.cluster.cloud;

import io.functionenvironment.json.FieldReader;
import java.util.Set;

/**
 * A number of nodes, or the bounds between which the cluster scales by itself.
 *
 * @param min the same as max for a fixed number
 */
public record NodeCount(int min, int max, boolean scales) {
    private static final int MOST = 1000;
    private static final String ALLOWED = "an object with count, or with min and max";

    /** Reads a required number. */
    public static NodeCount read(FieldReader at, int least) {
        at.required(ALLOWED).only(Set.of("count", "min", "max"));
        var count = at.field("count");
        var min = at.field("min");
        var max = at.field("max");
        if (count.present() && (min.present() || max.present())) {
            at.error("has count and min or max; must be " + ALLOWED);
        } else if (at.present() && !count.present() && !(min.present() && max.present())) {
            at.error("has neither count nor both min and max; must be " + ALLOWED);
        }
        if (count.present()) {
            var number = count.integer(1, MOST).orElse(1);
            return new NodeCount(number, number, false);
        }
        var low = min.integer(least, MOST).orElse(least);
        var high = max.integer(1, MOST).orElse(MOST);
        if (min.present() && max.present() && low > high) {
            max.error("is " + high + "; must be at least min, which is " + low);
        }
        return new NodeCount(low, high, true);
    }

    /** As many in each of several zones. */
    public NodeCount times(int zones) {
        return new NodeCount(min * zones, max * zones, scales);
    }

    @Override
    public String toString() {
        return min == max ? String.valueOf(min) : min + " to " + max;
    }
}
