package io.functionenvironment.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came out for one program. Each figure is the median of all rounds, so that something else that ran for a moment
 * does not count.
 *
 * @param perSecond calls, with {@link #MANY} in flight
 * @param median of the milliseconds that a call takes, with one in flight
 * @param p99 likewise: one call in a hundred takes longer
 * @param start seconds from the start of the process to the first answer
 * @param memory mebibytes that are resident after all calls
 */
record Figures(List<Double> perSecond, double median, double p99, double start, double memory) {
    /** As many as Crossplane makes where it reconciles that many environments at once. */
    static final int MANY = 16;

    double callsPerSecond() {
        return median(perSecond);
    }

    /** How many calls this one answers while the other answers one; compared within rounds, as noise comes and goes. */
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
