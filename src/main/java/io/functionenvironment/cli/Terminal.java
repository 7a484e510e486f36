package io.functionenvironment.cli;

import io.functionenvironment.json.Printable;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * The output of a command.
 *
 * @param colour whether to use ANSI colours
 * @param unicode whether characters beyond ASCII can be shown
 */
record Terminal(PrintStream stdout, PrintStream stderr, boolean colour, boolean unicode) {

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

    void print(String text) {
        stdout.print(text);
        stdout.flush();
    }
}
