package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.preview.PreviewResult.Entry;
import io.functionenvironment.preview.PreviewResult.Line;
import io.functionenvironment.preview.PreviewResult.Mark;
import io.functionenvironment.preview.TextView;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What commands print cannot control the terminal, whatever is in files and in a cluster. */
class TerminalTest {
    private static final String TEXT = "\u001b[2Ja\u202e\n\u001b[32mok\u001b[0m \u001b]0;title\u0007\u001b[8m\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Terminal terminal(boolean colour) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream()),
                colour,
                true);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyColoursOfTheProgramAndEndsOfLinesArePrinted() {
        terminal(true).print(TEXT);
        assertEquals("?[2Ja?\n\u001b[32mok\u001b[0m ?]0;title??[8m\n", out());
    }

    @Test
    void withoutColoursNoEscapeIsPrinted() {
        terminal(false).print(TEXT);
        assertEquals("?[2Ja?\n?[32mok?[0m ?]0;title??[8m\n", out());
    }

    @Test
    void whatProgramsReadIsWrittenAsItIs() {
        terminal(false).write(TEXT);
        assertEquals(TEXT, out());
    }

    @Test
    void aNameOfAComponentChangesNeitherColoursNorLines() {
        var line = new Line(Mark.CONDITION, "app\u001b[31m\n+0s", "is\u001b[0m there");
        var text = new TextView(true, true).lines(List.of(new Entry(Duration.ZERO, List.of(line))));
        assertEquals("+0s     = app?[31m +0s  is?[0m there\n", text);
    }
}
