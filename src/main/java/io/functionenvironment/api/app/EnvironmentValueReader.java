package io.functionenvironment.api.app;

import io.functionenvironment.api.app.EnvironmentValue.EnvironmentFact;
import io.functionenvironment.api.app.EnvironmentValue.Piece;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads values that depend on the Environment. */
final class EnvironmentValueReader {
    static final String FIELD = "environmentValues";

    private static final String NAME_ALLOWED = "the path of one value, like ingress.host or ingress.hosts[0].host";
    private static final Pattern NAME = Pattern.compile("(?s).{1,512}");
    private static final String VALUE_ALLOWED = "a string of 1 to 1024 characters with placeholders";
    private static final Pattern VALUE = Pattern.compile("(?s).{1,1024}");
    private static final String PLACEHOLDERS = "<name>, <namespace>, <size>, <domain> or <label:KEY>";
    private static final String LABEL = "label:";
    private static final int MAX_VALUES = 32;

    private EnvironmentValueReader() {}

    /**
     * @param values those that they become a part of
     */
    static List<EnvironmentValue> read(FieldReader at, Json.Obj values) {
        var names = new HashSet<List<Assignment.Step>>();
        var read = new ArrayList<EnvironmentValue>();
        var whole = values;
        for (var item : at.items(MAX_VALUES)) {
            item.only(Set.of("name", "value"));
            var steps = steps(item.field("name"));
            var pieces = pieces(item.field("value"));
            if (steps.isPresent() && !names.add(steps.get())) {
                item.field("name").error("sets the same value as an earlier item; remove one of the two");
            } else if (steps.isPresent()) {
                var value = new EnvironmentValue(item.path(), steps.get(), pieces.orElse(List.of()));
                var next = value.assignment("").over(whole);
                if (next.isEmpty()) {
                    item.field("name")
                            .error("leads through a value that is not an object or a list; remove that value, or use"
                                    + " another path");
                }
                whole = next.orElse(whole);
                read.add(value);
            }
        }
        return List.copyOf(read);
    }

    private static Optional<List<Assignment.Step>> steps(FieldReader at) {
        return at.required(NAME_ALLOWED).text(NAME, NAME_ALLOWED).flatMap(text -> {
            var steps = Strvals.parse(text + "=x")
                    .filter(all -> all.size() == 1 && all.getFirst().value().equals(new Json.Text("x")))
                    .map(all -> all.getFirst().steps());
            if (steps.isEmpty()) {
                at.error("is " + Redaction.of(text) + "; must be " + NAME_ALLOWED);
            }
            return steps;
        });
    }

    private static Optional<List<Piece>> pieces(FieldReader at) {
        return at.required(VALUE_ALLOWED).text(VALUE, VALUE_ALLOWED).map(text -> {
            var pieces = new ArrayList<Piece>();
            var end = 0;
            for (var start = text.indexOf('<'); start >= 0; start = text.indexOf('<', end)) {
                literal(text.substring(end, start)).forEach(pieces::add);
                var close = text.indexOf('>', start);
                if (close < 0) {
                    at.error("has a < without a > behind it; must be a text with " + PLACEHOLDERS
                            + "; a < cannot stand for itself");
                    return List.<Piece>of();
                }
                end = close + 1;
                placeholder(at, text.substring(start + 1, close)).ifPresent(pieces::add);
            }
            literal(text.substring(end)).forEach(pieces::add);
            return List.copyOf(pieces);
        });
    }

    private static Stream<Piece> literal(String text) {
        return text.isEmpty() ? Stream.empty() : Stream.of(new Piece.Literal(text));
    }

    private static Optional<Piece> placeholder(FieldReader at, String name) {
        if (name.startsWith(LABEL)) {
            var key = name.substring(LABEL.length());
            if (LabelFormat.KEY.matcher(key).matches()) {
                return Optional.of(new Piece.Label(key));
            }
        }
        var found = Stream.of(EnvironmentFact.values())
                .filter(fact -> fact.name().toLowerCase(Locale.ROOT).equals(name))
                .<Piece>map(Piece.Fact::new)
                .findFirst();
        if (found.isEmpty()) {
            at.error("has the placeholder " + Redaction.of("<" + name + ">") + "; must be " + PLACEHOLDERS
                    + " with the key of a label");
        }
        return found;
    }
}
