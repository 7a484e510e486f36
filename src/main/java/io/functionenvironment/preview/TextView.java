package io.functionenvironment.preview;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.json.Printable;
import io.functionenvironment.preview.PreviewResult.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Renders a result as text.
 *
 * @param colour whether to use ANSI colours
 * @param unicode whether to use characters beyond ASCII
 */
public record TextView(boolean colour, boolean unicode) {
    private static final int TIME_WIDTH = 8;

    /** What the signs at the beginnings of lines mean. */
    public String legend() {
        return """

                The signs at the beginnings of lines:
                  +  ~  -     a component is created, changed, removed
                  %s           the control plane of a virtual cluster restarts
                  %s  %s  %s  !  a component waits, is in progress, is ready, fails
                  =           a condition changes
                  >           the summary changes
                """.formatted(sign(Mark.RESTARTS), sign(Mark.WAITS), sign(Mark.COMES), sign(Mark.READY));
    }

    /** Renders a result of which no values are checked. */
    public String render(PreviewResult result) {
        return render(result, Optional.empty());
    }

    /**
     * Renders a result, with a line for each change and a summary at the end.
     *
     * @param unchecked the apps whose values are not checked against their charts; empty if none are
     */
    public String render(PreviewResult result, Optional<List<String>> unchecked) {
        var text = new StringBuilder(lines(result.entries()));
        text.append('\n').append(ending(result, unchecked));
        result.bill().ifPresent(bill -> text.append(fit(bill)).append('\n'));
        result.rules()
                .ifPresent(rules -> text.append("With the ").append(fit(rules)).append(".\n"));
        return text.toString();
    }

    /** Renders what happens, with a line for each change. */
    public String lines(List<PreviewResult.Entry> entries) {
        var width = entries.stream()
                .flatMap(entry -> entry.lines().stream())
                .mapToInt(line -> name(line).length())
                .max()
                .orElse(0);
        var text = new StringBuilder();
        for (var entry : entries) {
            var time = time(entry.at());
            for (var line : entry.lines()) {
                var name = line.mark() == Mark.SUMMARY ? "" : pad(name(line), width + 2);
                text.append(pad(time, TIME_WIDTH))
                        .append(paint(line.mark(), sign(line.mark()) + " " + name + fit(line.text())))
                        .append('\n');
                time = "";
            }
        }
        return text.toString();
    }

    private String name(PreviewResult.Line line) {
        return fit(Printable.line(line.name()));
    }

    private String ending(PreviewResult result, Optional<List<String>> unchecked) {
        var count = number(result.resources().size(), "resource") + ", " + number(result.calls(), "call")
                + " of the function";
        if (result.ready()) {
            var after = " after " + time(result.took()).substring(1);
            return result.refused()
                    .map(refused -> paint(Mark.FAILS, "Ready" + after + ", without what is refused") + " (" + count
                            + "):\n  " + fit(refused) + "\n")
                    .orElseGet(
                            () -> paint(Mark.READY, "Ready" + after) + " (" + count + ").\n" + notChecked(unchecked));
        }
        if (result.stopped()) {
            return "Stopped as requested, not ready (" + count + ").\n";
        }
        var since = result.entries().isEmpty()
                ? ""
                : "; no change since " + time(result.entries().getLast().at());
        var text = new StringBuilder(paint(Mark.FAILS, "Not ready" + since) + " (" + count + "):\n");
        result.missing()
                .forEach(missing -> text.append("  ").append(fit(missing)).append('\n'));
        return text.toString();
    }

    private static String notChecked(Optional<List<String>> unchecked) {
        var charts = unchecked
                .map(apps -> Stream.concat(
                                apps.stream().map(app -> "values of " + app),
                                Stream.of("whether the charts can be pulled"))
                        .collect(joining(", ")))
                .orElse("charts and their values");
        return "Not checked: " + charts
                + ", Secrets and ConfigMaps, images, what the apps use, and the room in the host cluster.\n";
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String sign(Mark mark) {
        return switch (mark) {
            case CREATED -> "+";
            case CHANGED -> "~";
            case REMOVED -> "-";
            case RESTARTS -> unicode ? "↻" : "o";
            case WAITS -> unicode ? "…" : ".";
            case COMES -> unicode ? "·" : ":";
            case FAILS -> "!";
            case READY -> unicode ? "✓" : "*";
            case CONDITION -> "=";
            case SUMMARY -> ">";
        };
    }

    private String paint(Mark mark, String text) {
        return switch (mark) {
            case CREATED, READY -> paint("32", text);
            case CHANGED, REMOVED, RESTARTS -> paint("33", text);
            case WAITS, COMES -> paint("2", text);
            case FAILS -> paint("31", text);
            case CONDITION -> text;
            case SUMMARY -> paint("1", text);
        };
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Replaces characters that cannot be shown. */
    public String fit(String text) {
        var safe = Printable.of(text);
        return unicode ? safe : safe.replace("…", "...").replaceAll("[^\\p{ASCII}]", "?");
    }

    /** A duration since the start, such as {@code +1m5s}. */
    public static String time(Duration at) {
        var minutes = at.toMinutes();
        return "+" + (minutes == 0 ? "" : minutes + "m") + at.toSecondsPart() + "s";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
