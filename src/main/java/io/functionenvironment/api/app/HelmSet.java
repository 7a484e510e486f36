package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.Optional;

/**
 * What Helm refuses of the items of {@code set}, one after the other (Helm 4.2, {@code strvals/parser.go}). In contrast to
 * {@link Strvals}, it accepts all that Helm accepts, and only knows of which type a value is.
 */
final class HelmSet {
    private static final int DEEPEST = 30;

    private final SetBounds bounds = new SetBounds();
    private Shape.Fields values;

    private StrvalsText text = new StrvalsText("");
    private boolean literal;
    private int nameEnd;

    /** @param known a null in it counts as not known, because it may be left out on its way to Helm */
    HelmSet(Json.Obj known) {
        this.values = Shape.fields(known);
    }

    /** Adds an item; empty unless Helm certainly refuses it. */
    Optional<HelmRefusal> add(SetItem item) {
        literal = item.literal();
        nameEnd = item.name().length();
        bounds.nextItem();
        text = new StrvalsText(item.name() + "=" + item.value().orElse("0"));
        var refusal = parsed();
        if (!literal) {
            // Its value may have a comma and set anything.
            values = new Shape.Fields();
        }
        return refusal.filter(some -> literal || !some.inValue());
    }

    private Optional<HelmRefusal> parsed() {
        try {
            while (key(values, 0)) {
                // Until the end.
            }
            return Optional.empty();
        } catch (HelmRefusal refusal) {
            return Optional.of(refusal);
        }
    }

    /** Reads an assignment, or the rest of one below a key. False at the end of the text. */
    private boolean key(Shape.Fields fields, int level) {
        var key = text.until("=[,.");
        var begin = text.start();
        return switch (text.stop()) {
            case '[' -> {
                var index = index();
                if (!(fields.at(key).orElseGet(Shape.Items::new) instanceof Shape.Items items)) {
                    throw conflict(begin, key, "a list");
                }
                var more = item(items, index, level);
                fields.put(key, items);
                yield more;
            }
            case '=' -> {
                var more = !text.atEnd();
                fields.put(key, value());
                yield more;
            }
            case '.' -> {
                if (level >= DEEPEST) {
                    throw refused(begin, "has more than 31 keys one below another; write it into values");
                }
                if (!(fields.at(key).orElseGet(Shape.Fields::new) instanceof Shape.Fields inner)) {
                    throw conflict(begin, key, "an object");
                }
                var more = key(inner, level + 1);
                if (more && inner.isEmpty()) {
                    throw refused(begin, "has nothing behind a '.'; write a key there, or \\. for a dot in a key");
                }
                if (!inner.isEmpty()) {
                    fields.put(key, inner);
                }
                yield more;
            }
            case ',' ->
                throw refused(begin, "has a comma behind a key without a value; write \\, for a comma in a key");
            default -> {
                if (!key.isEmpty()) {
                    // Only behind a backslash is the = no end of the name; a value from a Secret may contain another
                    // one.
                    throw refused(
                            literal ? begin : nameEnd + 1,
                            "ends with a backslash, which makes the '=' behind it a part of the key; write \\\\ for a"
                                    + " backslash");
                }
                yield false;
            }
        };
    }

    /** Likewise behind an index. */
    private boolean item(Shape.Items items, int index, int level) {
        var begin = text.start();
        if (!text.until("[.=").isEmpty()) {
            throw refused(
                    begin, "has text right behind a ']'; write a '.' between them, or \\[ for a bracket in a key");
        }
        switch (text.stop()) {
            case '=' -> items.put(index, value());
            case '[' -> {
                var next = index();
                if (!(items.at(index).orElseGet(Shape.Items::new) instanceof Shape.Items inner)) {
                    throw conflict(begin, "[" + index + "]", "a list");
                }
                if (!item(inner, next, level)) {
                    return false;
                }
                items.put(index, inner);
            }
            case '.' -> {
                var inner = items.at(index).orElseGet(Shape.Fields::new) instanceof Shape.Fields some
                        ? some
                        : new Shape.Fields();
                if (!key(inner, level)) {
                    return false;
                }
                items.put(index, inner);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private int index() {
        var index = Strvals.integer(text.until("]"))
                .filter(number -> number.signum() >= 0 && number.bitLength() < Long.SIZE);
        if (text.stop() != ']' || index.isEmpty()) {
            throw refused(
                    text.start(),
                    "has a '[' without a number from 0 to 255 and a ']' behind it; write \\[ for a bracket in a key");
        }
        bounds.index(index.get()).ifPresent(problem -> {
            throw refused(text.start(), problem);
        });
        return index.get().intValue();
    }

    private Shape value() {
        bounds.value().ifPresent(problem -> {
            throw new HelmRefusal(literal, problem);
        });
        if (!text.skip('{')) {
            return Shape.scalar(text.until(","));
        }
        var items = new Shape.Items();
        var size = 0;
        do {
            var item = Shape.scalar(text.until(",}"));
            if (text.stop() == StrvalsText.END) {
                throw new HelmRefusal(
                        true, "begins a list with '{' and has no '}'; write \\{ for a text that begins with '{'");
            }
            items.put(size, item);
            size++;
        } while (text.stop() == ',');
        text.skip(',');
        return items;
    }

    private HelmRefusal conflict(int begin, String step, String kind) {
        return refused(
                begin,
                "goes through " + Redaction.of(step) + ", which is not " + kind
                        + " in values or in an item before, and Helm refuses that; remove one of the two");
    }

    private HelmRefusal refused(int where, String message) {
        return where <= nameEnd
                ? new HelmRefusal(false, message)
                : new HelmRefusal(
                        true,
                        "has text behind a ',' or '}' that Helm cannot read as another name=value; write \\, for a comma in a"
                                + " text, or write the value into values");
    }
}
