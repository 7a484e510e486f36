package io.functionenvironment.preview;

import io.functionenvironment.preview.TimelineEntry.Mark;
import java.time.Duration;

/** A story for people to read, in a terminal or in a log. */
public final class TextView {
    private static final int TIME = 8;

    private TextView() {}

    public static String of(PreviewResult story, Style style) {
        var width = story.moments().stream()
                .flatMap(moment -> moment.lines().stream())
                .mapToInt(line -> line.name().length())
                .max()
                .orElse(0);
        var text = new StringBuilder();
        for (var moment : story.moments()) {
            var time = time(moment.at());
            for (var line : moment.lines()) {
                var name = line.mark() == Mark.SUMMARY ? "" : pad(line.name(), width + 2);
                text.append(pad(time, TIME))
                        .append(style.paint(line.mark(), style.sign(line.mark()) + " " + name + style.fit(line.text())))
                        .append('\n');
                time = "";
            }
        }
        text.append('\n').append(ending(story, style));
        return text.toString();
    }

    private static String ending(PreviewResult story, Style style) {
        var took = time(story.took()).substring(1);
        var count = story.resources().size() + " resources, " + story.calls() + " calls";
        if (story.ready()) {
            return style.paint(Mark.READY, "Ready after " + took) + " (" + count + ").\n";
        }
        var since = story.moments().isEmpty()
                ? ""
                : ", and nothing new since " + time(story.moments().getLast().at());
        var text = new StringBuilder(style.paint(Mark.FAILS, "Not ready" + since) + " (" + count + "):\n");
        story.missing()
                .forEach(missing -> text.append("  ").append(style.fit(missing)).append('\n'));
        return text.toString();
    }

    static String time(Duration at) {
        var minutes = at.toMinutes();
        return "+" + (minutes == 0 ? "" : minutes + "m") + at.toSecondsPart() + "s";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
