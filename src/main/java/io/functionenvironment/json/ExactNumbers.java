package io.functionenvironment.json;

import java.math.BigDecimal;

/** Whole numbers that cannot be passed on unchanged: on its way through Crossplane each number is a double. */
public final class ExactNumbers {
    private static final double LIMIT = 1L << 53;

    private ExactNumbers() {}

    /** Reports those anywhere in a field. */
    public static void check(FieldReader at) {
        switch (at.value()) {
            case Json.Num(var number) -> {
                if (number == Math.rint(number) && Math.abs(number) >= LIMIT) {
                    at.error("is " + BigDecimal.valueOf(number).toPlainString()
                            + " or a number close to it; whole numbers from 9007199254740992 (2^53) on are changed on their way"
                            + " to Helm; write it in quotes if the chart accepts a string");
                }
            }
            case Json.Obj(var fields) -> fields.keySet().forEach(key -> check(at.field(key)));
            case Json.Arr ignored -> at.items(Integer.MAX_VALUE).forEach(ExactNumbers::check);
            case Json.Text ignored -> {}
            case Json.Bool ignored -> {}
            case Json.Null ignored -> {}
        }
    }
}
