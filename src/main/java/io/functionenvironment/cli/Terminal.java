package io.functionenvironment.cli;

import io.functionenvironment.json.Printable;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The output of a command.
 *
 * @param colour whether to use ANSI colours
 * @param unicode whether characters beyond ASCII can be shown
 */
record Terminal(PrintStream stdout, PrintStream stderr, boolean colour, boolean unicode) {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(0|1|2|31|32|33)m");

    /** The standard streams of this process: with colours on a terminal, unless NO_COLOR is set. */
    static Terminal standard(Map<String, String> environment) {
        var colour = Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(
                System.out, System.err, colour, System.out.charset().name().startsWith("UTF"));
    }

    void out(String line) {
        stdout.println(Printable.of(line));
    }

    void err(String line) {
        stderr.println(Printable.of(line));
    }

    /** Prints a text for people, of which only ends of lines and the colours that commands use stay. */
    void print(String text) {
        var safe = new StringBuilder();
        var at = 0;
        if (colour) {
            for (var found = COLOUR.matcher(text); found.find(); at = found.end()) {
                safe.append(Printable.of(text.substring(at, found.start()))).append(found.group());
            }
        }
        write(safe.append(Printable.of(text.substring(at))).toString());
    }

    /** Writes a text for programs, as it is. */
    void write(String text) {
        stdout.print(text);
        stdout.flush();
    }
}
