package io.functionenvironment.addon.manifests;

import io.functionenvironment.json.Redaction;
import java.util.Optional;
import java.util.Set;

/**
 * Which CEL expressions a team may have evaluated. provider-kubernetes evaluates them over an object of the team without a limit
 * (provider-kubernetes 1.3, {@code internal/controller/namespaced/object/object.go}, {@code program.Eval}): a regular expression,
 * a text that is concatenated, or macros in one another take hours or gigabytes of the process that all Environments need. So only
 * this grammar is admitted, whose time is a small multiple of that of reading the object:
 *
 * <pre>
 * any        = all { "||" all }
 * all        = not { "&amp;&amp;" not }
 * not        = { "!" } ( "(" any ")" | comparison )
 * comparison = value [ ( "==" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" ) value | "in" ( field | "[" literal { "," literal } "]" ) ]
 * value      = literal | "size(" field ")" | "has(" field ")" | field [ call ]
 * call       = ".size()" | ( ".startsWith(" | ".endsWith(" | ".contains(" ) text ")" | ( ".exists(" | ".all(" ) name "," any ")"
 * field      = ( "object" | name ) { "." key | "[" text "]" | "[" index "]" }
 * </pre>
 */
final class ReadyQuery {
    private static final String ALLOWED =
            "; allowed are comparisons of fields of object with texts without backslashes, numbers,"
                    + " true, false, null or a list of these, has(), size(), startsWith(), endsWith() and contains() of a text, one exists()"
                    + " or all() over a field, !, &&, || and parentheses; or use readyCondition";
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> TEXT_CALLS = Set.of("startsWith", "endsWith", "contains");
    private static final Set<String> MACROS = Set.of("exists", "all");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private final ReadyTokens tokens;
    private final ReadyBounds bounds = new ReadyBounds();
    /** The root of fields: {@code object}, or the variable in a macro; empty behind one. */
    private String root = "object";

    private ReadyQuery(String query) {
        this.tokens = new ReadyTokens(query);
    }

    /** Why an expression is not admitted. */
    static Optional<String> problem(String query) {
        var reader = new ReadyQuery(query);
        try {
            reader.any();
            return reader.tokens.atEnd()
                    ? Optional.empty()
                    : Optional.of(reader.unexpected().text());
        } catch (QueryRefusal refusal) {
            return Optional.of(refusal.text());
        }
    }

    private void any() {
        do {
            do {
                not();
            } while (tokens.skip("&&"));
        } while (tokens.skip("||"));
    }

    private void not() {
        while (tokens.skip("!")) {
            bounds.step();
        }
        if (tokens.skip("(")) {
            bounds.open();
            any();
            expect(")");
            bounds.close();
        } else {
            comparison();
        }
    }

    private enum Operand {
        LITERAL,
        FIELD,
        NUMBER,
        CONDITION
    }

    private void comparison() {
        bounds.step();
        var left = value();
        if (left == Operand.CONDITION) {
            return;
        }
        if (tokens.skip("in")) {
            if (tokens.skip("[")) {
                do {
                    bounds.step();
                    literal();
                } while (tokens.skip(","));
                expect("]");
            } else {
                field();
                bounds.fields();
            }
        } else if (COMPARISONS.contains(tokens.peek())) {
            var order = !Set.of("==", "!=").contains(tokens.next());
            var right = value();
            if (right == Operand.CONDITION) {
                throw new QueryRefusal(
                        "compares what is true or false already; remove the comparison, or write ! before it");
            }
            if (left == Operand.FIELD && right == Operand.FIELD && !order) {
                bounds.fields();
            }
        }
    }

    private Operand value() {
        if (tokens.call("has")) {
            field();
            expect(")");
            return Operand.CONDITION;
        }
        if (tokens.call("size")) {
            field();
            expect(")");
            return Operand.NUMBER;
        }
        if (tokens.isLiteral() || CONSTANTS.contains(tokens.peek())) {
            literal();
            return Operand.LITERAL;
        }
        field();
        return tokens.method().map(this::call).orElse(Operand.FIELD);
    }

    /** Of a method of a field, behind its parenthesis. */
    private Operand call(String method) {
        if (method.equals("size")) {
            expect(")");
            return Operand.NUMBER;
        }
        if (TEXT_CALLS.contains(method)) {
            if (!tokens.isText()) {
                throw unexpected();
            }
            tokens.next();
            expect(")");
            return Operand.CONDITION;
        }
        if (!MACROS.contains(method)) {
            throw new QueryRefusal("calls " + Redaction.of(method + "()") + ", which is not allowed" + ALLOWED);
        }
        bounds.openMacro();
        if (!tokens.isName()) {
            throw unexpected();
        }
        root = tokens.next();
        expect(",");
        any();
        expect(")");
        root = "";
        bounds.closeMacro();
        return Operand.CONDITION;
    }

    private void literal() {
        if (!tokens.isLiteral() && !CONSTANTS.contains(tokens.peek())) {
            throw unexpected();
        }
        tokens.next();
    }

    private void field() {
        if (tokens.peek().equals("object")) {
            bounds.object();
        }
        if (!tokens.isName() || !tokens.peek().equals(root)) {
            throw unexpected();
        }
        tokens.next();
        while (tokens.key()) {
            // Until the end of the path.
        }
    }

    private void expect(String token) {
        if (!tokens.skip(token)) {
            throw unexpected();
        }
    }

    private QueryRefusal unexpected() {
        return new QueryRefusal(tokens.unexpected() + ALLOWED);
    }
}
