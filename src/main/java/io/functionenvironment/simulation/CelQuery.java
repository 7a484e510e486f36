package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of CEL that readiness queries use: fields of {@code object}, {@code has()}, {@code exists()} and {@code all()},
 * comparisons, {@code &&}, {@code ||}, {@code !}, parentheses and literals. Anything else is an IllegalArgumentException.
 */
final class CelQuery {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\"[^\"]*\"|'[^']*'|[0-9]+(?:\\.[0-9]+)?|\\w+|&&|\\|\\||[=!<>]=|[<>!().,])");

    /** An error of the evaluation, such as a missing field. */
    static final class EvaluationError extends RuntimeException {
        private static final long serialVersionUID = 1;

        EvaluationError(String message) {
            super(message);
        }
    }

    private interface Expression {
        Json evaluate(Map<String, Json> variables);
    }

    private final List<String> tokens;
    private int position;

    private CelQuery(String query) {
        var matcher = TOKEN.matcher(query.strip());
        tokens = matcher.results().map(token -> token.group(1)).toList();
        if (!String.join("", tokens).equals(query.replaceAll("\\s", ""))) {
            throw unsupported(query);
        }
    }

    /** @throws EvaluationError where CEL's evaluation fails, for instance on a missing field */
    static boolean isTrue(String query, Json object) {
        var parser = new CelQuery(query);
        var expression = parser.or();
        if (parser.position < parser.tokens.size()) {
            throw unsupported(query);
        }
        return expression.evaluate(Map.of("object", object)).equals(new Json.Bool(true));
    }

    private Expression or() {
        var left = and();
        return accept("||") ? absorbing(true, left, or()) : left;
    }

    private Expression and() {
        var left = comparison();
        return accept("&&") ? absorbing(false, left, and()) : left;
    }

    /** Either operand decides by itself, even where the other one is an error. */
    private static Expression absorbing(boolean decisive, Expression left, Expression right) {
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

    private Expression comparison() {
        var left = unary();
        for (var operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (accept(operator)) {
                var right = unary();
                return variables ->
                        new Json.Bool(compare(operator, left.evaluate(variables), right.evaluate(variables)));
            }
        }
        return left;
    }

    private static boolean compare(String operator, Json left, Json right) {
        if (operator.equals("==") || operator.equals("!=")) {
            return left.equals(right) == operator.equals("==");
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

    private Expression unary() {
        if (accept("!")) {
            var operand = unary();
            return variables -> new Json.Bool(!operand.evaluate(variables).equals(new Json.Bool(true)));
        }
        if (accept("(")) {
            var inner = or();
            expect(")");
            return inner;
        }
        if (accept("has")) {
            expect("(");
            var field = unary();
            expect(")");
            return variables -> {
                try {
                    field.evaluate(variables);
                    return new Json.Bool(true);
                } catch (EvaluationError absent) {
                    return new Json.Bool(false);
                }
            };
        }
        return selection(operand(next()));
    }

    private static Expression operand(String token) {
        if (token.startsWith("\"") || token.startsWith("'")) {
            return variables -> new Json.Text(token.substring(1, token.length() - 1));
        }
        if (Character.isDigit(token.charAt(0))) {
            return variables -> new Json.Num(Double.parseDouble(token));
        }
        if (token.equals("true") || token.equals("false")) {
            return variables -> new Json.Bool(token.equals("true"));
        }
        return variables -> Optional.ofNullable(variables.get(token)).orElseThrow(() -> unsupported(token));
    }

    private Expression selection(Expression operand) {
        var selected = operand;
        while (accept(".")) {
            var base = selected;
            var field = next();
            selected = field.equals("exists") || field.equals("all")
                    ? quantifier(base, field)
                    : variables -> base.evaluate(variables)
                            .at(field)
                            .orElseThrow(() -> new EvaluationError("no such key: " + field));
        }
        return selected;
    }

    private Expression quantifier(Expression list, String macro) {
        expect("(");
        var variable = next();
        expect(",");
        var predicate = or();
        expect(")");
        return variables -> {
            if (!(list.evaluate(variables) instanceof Json.Arr(var items))) {
                throw new EvaluationError("no such overload");
            }
            var results = items.stream().map(item -> {
                var scope = new HashMap<>(variables);
                scope.put(variable, item);
                return predicate.evaluate(scope).equals(new Json.Bool(true));
            });
            return new Json.Bool(macro.equals("all") ? results.allMatch(each -> each) : results.anyMatch(each -> each));
        };
    }

    private boolean accept(String token) {
        var matches = position < tokens.size() && tokens.get(position).equals(token);
        position += matches ? 1 : 0;
        return matches;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw unsupported(String.join(" ", tokens));
        }
    }

    private String next() {
        if (position == tokens.size()) {
            throw unsupported(String.join(" ", tokens));
        }
        return tokens.get(position++);
    }

    private static IllegalArgumentException unsupported(String query) {
        return new IllegalArgumentException("the simulation does not know this CEL: " + query);
    }
}
