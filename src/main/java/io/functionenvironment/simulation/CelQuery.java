package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of CEL that readiness queries use: fields of {@code object}, {@code has()}, {@code exists()} and {@code all()},
 * {@code size()}, functions of texts, comparisons, {@code in}, {@code &&}, {@code ||}, {@code !}, parentheses, literals and lists of
 * them. Anything else is an IllegalArgumentException.
 */
final class CelQuery {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\"[^\"]*\"|'[^']*'|[0-9]+(?:\\.[0-9]+)?|\\w+|&&|\\|\\||[=!<>]=|[<>!().,\\[\\]])");

    /** An error of the evaluation, such as a missing field. */
    static final class EvaluationError extends RuntimeException {
        private static final long serialVersionUID = 1;

        EvaluationError(String message) {
            super(message);
        }
    }

    interface Expression {
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
        return accept("||") ? CelOperators.absorbing(true, left, or()) : left;
    }

    private Expression and() {
        var left = comparison();
        return accept("&&") ? CelOperators.absorbing(false, left, and()) : left;
    }

    private Expression comparison() {
        var left = unary();
        for (var operator : CelOperators.COMPARISONS) {
            if (accept(operator)) {
                var right = unary();
                return variables -> new Json.Bool(
                        CelOperators.compare(operator, left.evaluate(variables), right.evaluate(variables)));
            }
        }
        return left;
    }

    private Expression unary() {
        if (accept("!")) {
            var operand = unary();
            return variables -> new Json.Bool(!operand.evaluate(variables).equals(new Json.Bool(true)));
        }
        if (position < tokens.size() && tokens.get(position).equals("(")) {
            return argument();
        }
        if (accept("has")) {
            var field = argument();
            return variables -> {
                try {
                    field.evaluate(variables);
                    return new Json.Bool(true);
                } catch (EvaluationError absent) {
                    return new Json.Bool(false);
                }
            };
        }
        if (accept("size")) {
            var sized = argument();
            return variables -> CelOperators.size(sized.evaluate(variables));
        }
        return selection(accept("[") ? list() : operand(next()));
    }

    private Expression list() {
        var items = new ArrayList<Expression>();
        while (!accept("]")) {
            items.add(unary());
            accept(",");
        }
        return variables -> new Json.Arr(
                items.stream().map(item -> item.evaluate(variables)).toList());
    }

    private Expression argument() {
        expect("(");
        var argument = or();
        expect(")");
        return argument;
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
            selected = selected(base, field);
        }
        return selected;
    }

    private Expression selected(Expression base, String field) {
        if (field.equals("exists") || field.equals("all")) {
            return quantifier(base, field);
        }
        if (CelOperators.OF_TEXTS.contains(field)) {
            var argument = argument();
            return variables -> CelOperators.ofTexts(field, base.evaluate(variables), argument.evaluate(variables));
        }
        return variables ->
                base.evaluate(variables).at(field).orElseThrow(() -> new EvaluationError("no such key: " + field));
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
