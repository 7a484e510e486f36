package io.functionenvironment.cli;

import io.functionenvironment.preview.Style;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** Where a command writes to. */
record Terminal(PrintStream stdout, PrintStream stderr, Style style) {

    /** This process's own: colours for people only, and only the characters that can be shown. */
    static Terminal ours(Map<String, String> environment) {
        var person = Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(
                System.out,
                System.err,
                new Style(person, System.out.charset().name().startsWith("UTF")));
    }

    void out(String line) {
        stdout.println(line);
    }

    void err(String line) {
        stderr.println(line);
    }

    void print(String text) {
        stdout.print(text);
        stdout.flush();
    }
}
