package io.functionenvironment.json;

import java.math.BigDecimal;

/** Whole numbers that may not be passed on unchanged: on its way through Crossplane each number is a double. */
public final class ExactNumbers {
    private static final double LIMIT = 1L << 53;
    private static final int MOST_ERRORS = 10;
    private static final int SHOWN = 4;

    private ExactNumbers() {}

    /** Reports those anywhere in the values of a chart, some of them if there are many. */
    public static void check(FieldReader at) {
        check(at, "Helm", "the chart accepts a string");
    }

    /**
     * Likewise in any field.
     *
     * @param receiver who gets the number
     * @param unless when it may be a text
     */
    public static void check(FieldReader at, String receiver, String unless) {
        check(at, at.errorCount() + MOST_ERRORS, receiver + "; write it in quotes if " + unless);
    }

    private static void check(FieldReader at, int most, String advice) {
        if (at.errorCount() >= most || !contains(at.value())) {
            return;
        }
        switch (at.value()) {
            case Json.Num(var number) ->
                at.error("is "
                        + (Double.isFinite(number)
                                ? beginning(BigDecimal.valueOf(number).toPlainString())
                                : number)
                        + "; whole numbers from 9007199254740992 (2^53) on may be changed on their way to "
                        + advice);
            case Json.Obj(var fields) -> fields.keySet().forEach(key -> check(at.field(key), most, advice));
            case Json.Arr ignored -> at.items(Integer.MAX_VALUE).forEach(item -> check(item, most, advice));
            case Json.Text ignored -> {}
            case Json.Bool ignored -> {}
            case Json.Null ignored -> {}
        }
    }

    /** The first digits of a number, which may be a password. */
    static String beginning(String number) {
        var end = number.startsWith("-") ? SHOWN + 1 : SHOWN;
        return number.length() <= end ? number : number.substring(0, end) + "…";
    }

    private static boolean contains(Json json) {
        return switch (json) {
            case Json.Num(var number) ->
                !Double.isFinite(number) || (number == Math.rint(number) && Math.abs(number) >= LIMIT);
            case Json.Obj(var fields) -> fields.values().stream().anyMatch(ExactNumbers::contains);
            case Json.Arr(var items) -> items.stream().anyMatch(ExactNumbers::contains);
            case Json.Text ignored -> false;
            case Json.Bool ignored -> false;
            case Json.Null ignored -> false;
        };
    }
}
