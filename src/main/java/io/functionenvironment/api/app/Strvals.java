package io.functionenvironment.api.app;

import io.functionenvironment.api.app.Assignment.Step;
import io.functionenvironment.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The syntax of {@code helm --set} (Helm 4.2, {@code strvals/parser.go}). What Helm refuses is not read, and neither is what it
 * reads in a surprising way, such as an empty key, which it ignores.
 */
final class Strvals {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    /** From here on a whole number may be changed on its way through Crossplane, where each number is a double. */
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

    /** The number of keys one below another that Helm accepts. */
    private static final int DEEPEST = 31;

    private final StrvalsText text;
    /** Where the last value begins and ends. */
    private int valueAt;

    private int valueEnd;

    private Strvals(String text) {
        this.text = new StrvalsText(text);
    }

    /** The assignments in a line such as {@code a.b=1,c={x,y}}; empty if one of them is not understood. */
    static Optional<List<Assignment>> parse(String line) {
        return parts(line).map(parts -> parts.stream().map(Part::assignment).toList());
    }

    /** Likewise, with the part of the line of each. */
    static Optional<List<Part>> parts(String line) {
        var parser = new Strvals(line);
        var parts = new ArrayList<Part>();
        while (!parser.text.atEnd()) {
            var start = parser.text.at();
            var next = parser.assignment();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Part(
                    next.get(),
                    new NameAndValue(
                            line.substring(start, parser.valueAt - 1),
                            line.substring(parser.valueAt, parser.valueEnd))));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(parts));
    }

    record Part(Assignment assignment, NameAndValue text) {}

    private Optional<Assignment> assignment() {
        var steps = new ArrayList<Step>();
        do {
            var key = text.until("=[,.");
            if (key.isEmpty() || steps.size() >= DEEPEST) {
                return Optional.empty();
            }
            steps.add(new Step.Key(key));
            while (text.stop() == '[') {
                var index = integer(text.until("]"))
                        .filter(number -> number.signum() >= 0 && number.compareTo(SetBounds.LARGEST_INDEX) <= 0);
                if (text.stop() != ']' || index.isEmpty() || !text.until("[.=").isEmpty()) {
                    return Optional.empty();
                }
                steps.add(new Step.Index(index.get().intValue()));
            }
        } while (text.stop() == '.');
        return text.stop() == '=' ? value().map(value -> new Assignment(List.copyOf(steps), value)) : Optional.empty();
    }

    private Optional<Json> value() {
        valueAt = text.at();
        if (text.atEnd()) {
            return Optional.empty();
        }
        if (!text.skip('{')) {
            var word = text.until(",");
            valueEnd = text.stop() == ',' ? text.at() - 1 : text.at();
            return typed(word);
        }
        var items = new ArrayList<Json>();
        do {
            var item = typed(text.until(",}"));
            if (item.isEmpty() || text.stop() == StrvalsText.END) {
                return Optional.empty();
            }
            items.add(item.get());
        } while (text.stop() == ',');
        valueEnd = text.at();
        text.skip(',');
        return Optional.of(new Json.Arr(List.copyOf(items)));
    }

    private static Optional<Json> typed(String word) {
        if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
            return Optional.of(new Json.Bool(word.equalsIgnoreCase("true")));
        }
        if (word.equalsIgnoreCase("null")) {
            return Optional.of(new Json.Null());
        }
        var number = integer(word).filter(ignored -> word.equals("0") || !word.startsWith("0"));
        if (number.filter(some -> some.bitLength() < Long.SIZE).isEmpty()) {
            return Optional.of(new Json.Text(word));
        }
        return number.filter(some -> some.abs().compareTo(EXACT) < 0).map(some -> new Json.Num(some.doubleValue()));
    }

    static Optional<BigInteger> integer(String word) {
        return INTEGER.matcher(word).matches() ? Optional.of(new BigInteger(word)) : Optional.empty();
    }

    /** The line that assigns a value; empty if none does so exactly. */
    static Optional<NameAndValue> write(ValuePath path, Json value) {
        var name = path.keys().stream().map(key -> escaped(key, "\\=[,.")).collect(Collectors.joining("."));
        var text = switch (value) {
            case Json.Arr(var items) ->
                "{" + items.stream().map(item -> escaped(word(item), "\\,}")).collect(Collectors.joining(",")) + "}";
            case Json.Text(var word) -> (word.startsWith("{") ? "\\" : "") + escaped(word, "\\,");
            case Json.Obj ignored -> word(value);
            case Json.Num ignored -> word(value);
            case Json.Bool ignored -> word(value);
            case Json.Null ignored -> word(value);
        };
        var wanted = List.of(
                new Assignment(path.keys().stream().<Step>map(Step.Key::new).toList(), value));
        return Optional.of(new NameAndValue(name, text))
                .filter(line -> !(value instanceof Json.Null))
                .filter(line -> parse(line.name + "=" + line.value).equals(Optional.of(wanted)));
    }

    /** @param value never empty, because provider-helm refuses that */
    record NameAndValue(String name, String value) {}

    private static String word(Json json) {
        return switch (json) {
            case Json.Text(var text) -> text;
            case Json.Bool(var bool) -> String.valueOf(bool);
            case Json.Num(var number) ->
                number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
            case Json.Null() -> "null";
            // Neither is equal to what is read back.
            case Json.Obj ignored -> "";
            case Json.Arr ignored -> "";
        };
    }

    private static String escaped(String text, String special) {
        return text.chars()
                .mapToObj(here -> (special.indexOf(here) >= 0 ? "\\" : "") + (char) here)
                .collect(Collectors.joining());
    }
}
