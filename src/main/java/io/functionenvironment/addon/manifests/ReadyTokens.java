package io.functionenvironment.addon.manifests;

import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words and signs of an expression that {@link ReadyQuery} knows, read one after the other. */
final class ReadyTokens {
    /** The last one is what is in none of them, such as a comment or a text with a backslash. */
    private static final Pattern TOKEN = Pattern.compile(
            "[ \\t\\r\\n]*+('[^'\\\\\\r\\n]*+'|\"[^\"\\\\\\r\\n]*+\"|-?[0-9]++(?:\\.[0-9]++)?|[A-Za-z_][A-Za-z0-9_]*+"
                    + "|&&|\\|\\||[=!<>]=|[<>!().,\\[\\]]|(?s:[^ \\t\\r\\n]))");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TEXT = Pattern.compile("(?s)['\"].+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9].*");
    private static final Pattern INDEX = Pattern.compile("[0-9]+");
    private static final String END = "";

    private final List<Token> tokens;
    private int at;

    private record Token(String text, int position) {}

    ReadyTokens(String query) {
        this.tokens = TOKEN.matcher(query)
                .results()
                .map(found -> new Token(found.group(1), found.start(1) + 1))
                .toList();
    }

    boolean atEnd() {
        return at == tokens.size();
    }

    /** Empty at the end. */
    String peek() {
        return peek(0);
    }

    private String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead).text : END;
    }

    String next() {
        var next = peek();
        at++;
        return next;
    }

    /** Skips a token, if it is the next one. */
    boolean skip(String token) {
        var found = peek().equals(token);
        at += found ? 1 : 0;
        return found;
    }

    boolean isName() {
        return NAME.matcher(peek()).matches();
    }

    boolean isText() {
        return TEXT.matcher(peek()).matches();
    }

    boolean isLiteral() {
        return isText() || NUMBER.matcher(peek()).matches();
    }

    /** Skips the beginning of the call of a function. */
    boolean call(String function) {
        return skipAll(peek().equals(function) && peek(1).equals("("), 2);
    }

    /** Skips the beginning of the call of a method, and returns its name. */
    Optional<String> method() {
        var name = peek(1);
        return skipAll(peek().equals(".") && NAME.matcher(name).matches() && peek(2).equals("("), 3)
                ? Optional.of(name)
                : Optional.empty();
    }

    /** Skips a step of a path, which is no method. */
    boolean key() {
        var key = peek(1);
        var step = peek().equals(".") && NAME.matcher(key).matches() && !peek(2).equals("(");
        var item = peek().equals("[")
                && (TEXT.matcher(key).matches() || INDEX.matcher(key).matches())
                && peek(2).equals("]");
        return skipAll(step, 2) || skipAll(item, 3);
    }

    private boolean skipAll(boolean found, int count) {
        at += found ? count : 0;
        return found;
    }

    /** What is next, as a part of an error. */
    String unexpected() {
        return atEnd()
                ? "ends where something has to follow"
                : "has " + Redaction.of(peek()) + " at character " + tokens.get(at).position
                        + ", which is not allowed there";
    }
}
