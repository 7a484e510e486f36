package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README shows real commands and real output. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    /** A command in a comment, and what it prints in the block below. */
    private static final Pattern SHOWN = Pattern.compile("<!-- \\./environment (.*) -->\n```\n((?:(?!```).*\n)*)```");

    private static final Pattern COMMAND =
            Pattern.compile("^ {4}\\./environment ((?:preview|validate|completion|help) .*)$", Pattern.MULTILINE);

    private record Run(int status, String out) {}

    @Test
    void theOutputInTheReadmeIsTheOutputOfTheCommand() throws IOException {
        var readme = Files.readString(README);
        var shown = SHOWN.matcher(readme);
        assertTrue(shown.find(), "the README shows what a preview prints");
        var out = run(shown.group(1)).out;
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(README, readme.substring(0, shown.start(2)) + out + readme.substring(shown.end(2)));
        } else {
            assertEquals(out, shown.group(2));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInTheReadmeSucceedsUnlessItShowsAFailure() throws IOException {
        return COMMAND.matcher(Files.readString(README))
                .results()
                .map(found -> DynamicTest.dynamicTest(found.group(1), () -> {
                    var good = !found.group(1).contains("--fail")
                            && !found.group(1).contains("rejected");
                    assertEquals(good ? 0 : 1, run(found.group(1)).status);
                }));
    }

    private static Run run(String command) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Main.run(
                arguments(command),
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        true));
        return new Run(status, out.toString(StandardCharsets.UTF_8));
    }

    /** Splits a command and expands patterns, as a shell. */
    private static List<String> arguments(String command) throws IOException {
        var arguments = new ArrayList<String>();
        for (var word : command.split(" +", -1)) {
            if (word.contains("*")) {
                var folder = Path.of(word.substring(0, word.lastIndexOf('/')));
                var matcher = FileSystems.getDefault().getPathMatcher("glob:" + word);
                try (var files = Files.list(folder)) {
                    files.filter(matcher::matches).map(Path::toString).sorted().forEach(arguments::add);
                }
            } else {
                arguments.add(word);
            }
        }
        return arguments;
    }
}
