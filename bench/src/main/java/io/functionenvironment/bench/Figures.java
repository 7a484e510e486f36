package io.functionenvironment.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one program. Each is the median of all rounds, so that a short disturbance does not count.
 *
 * @param perSecond calls per second, with {@link #MANY} in flight
 * @param median latency in milliseconds, with one call in flight
 * @param p99 likewise, the 99th percentile
 * @param start seconds from the start of the process to the first response
 * @param memory resident mebibytes after all calls
 */
record Figures(List<Double> perSecond, double median, double p99, double start, double memory) {
    /** As Crossplane makes when it reconciles that many Environments at once. */
    static final int MANY = 16;

    double callsPerSecond() {
        return median(perSecond);
    }

    /** The throughput divided by the other's, compared within each round, because noise varies. */
    double ratio(Figures other) {
        var ratios = new double[perSecond.size()];
        for (var round = 0; round < ratios.length; round++) {
            ratios[round] = perSecond.get(round) / other.perSecond.get(round);
        }
        return median(ratios);
    }

    static double median(List<Double> values) {
        return median(values, value -> value);
    }

    static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
        return median(values.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        var middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
