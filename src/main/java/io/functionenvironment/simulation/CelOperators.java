package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.CelQuery.EvaluationError;
import io.functionenvironment.simulation.CelQuery.Expression;
import java.util.List;
import java.util.Set;

/** The operators and functions of {@link CelQuery}. */
final class CelOperators {
    static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">", "in");

    /** Functions of a text that have a text as their argument. */
    static final Set<String> OF_TEXTS = Set.of("startsWith", "endsWith", "contains");

    private CelOperators() {}

    /** Either operand decides by itself, even where the other one is an error. */
    static Expression absorbing(boolean decisive, Expression left, Expression right) {
        var result = new Json.Bool(decisive);
        return variables -> {
            Json first;
            try {
                first = left.evaluate(variables);
            } catch (EvaluationError error) {
                if (right.evaluate(variables).equals(result)) {
                    return result;
                }
                throw error;
            }
            return first.equals(result) ? result : right.evaluate(variables);
        };
    }

    /** @throws EvaluationError for values that CEL does not compare in this way */
    static boolean compare(String operator, Json left, Json right) {
        if (operator.equals("==") || operator.equals("!=")) {
            return left.equals(right) == operator.equals("==");
        }
        if (operator.equals("in")) {
            if (!(right instanceof Json.Arr(var items))) {
                throw new EvaluationError("no such overload");
            }
            return items.contains(left);
        }
        if (!(left instanceof Json.Num(var a)) || !(right instanceof Json.Num(var b))) {
            throw new EvaluationError("no such overload");
        }
        return switch (operator) {
            case "<=" -> a <= b;
            case ">=" -> a >= b;
            case "<" -> a < b;
            default -> a > b;
        };
    }

    /** @throws EvaluationError for what has no size */
    static Json size(Json value) {
        return switch (value) {
            case Json.Text(var text) -> new Json.Num(text.codePointCount(0, text.length()));
            case Json.Arr(var items) -> new Json.Num(items.size());
            case Json.Obj(var fields) -> new Json.Num(fields.size());
            case Json.Num ignored -> throw new EvaluationError("no such overload");
            case Json.Bool ignored -> throw new EvaluationError("no such overload");
            case Json.Null ignored -> throw new EvaluationError("no such overload");
        };
    }

    /** @throws EvaluationError if one of the two is no text */
    static Json ofTexts(String function, Json value, Json argument) {
        if (!(value instanceof Json.Text(var text)) || !(argument instanceof Json.Text(var part))) {
            throw new EvaluationError("no such overload");
        }
        return new Json.Bool(
                switch (function) {
                    case "startsWith" -> text.startsWith(part);
                    case "endsWith" -> text.endsWith(part);
                    default -> text.contains(part);
                });
    }
}
