package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/first-settings.md: writes its files and runs its commands, in their order. {@code -Dgolden.update=true} writes what they
 * print into the page.
 */
class FirstSettingsTest {
    private static final Path PAGE = Path.of("docs", "first-settings.md");
    /** A file, or a command; the block below the command has what it prints. */
    private static final Pattern STEP = Pattern.compile(
            "(?m)^<!-- (\\S+) -->\n```yaml\n((?s:.*?))^```\n|^ {4}\\./environment (.*)\n(?:\n```\n((?s:.*?))^```\n)?");

    private final List<String> statuses = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void thePageShowsRealCommandsAndRealOutput() throws IOException {
        var page = Files.readString(PAGE);
        var followed = STEP.matcher(page).replaceAll(step -> Matcher.quoteReplacement(perform(step)));
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(PAGE, followed);
            page = followed;
        }
        assertEquals(followed, page);
        assertEquals(
                List.of(
                        "1 validate environment.yaml --settings settings.yaml",
                        "0 validate environment.yaml --settings settings.yaml",
                        "0 preview environment.yaml --settings settings.yaml",
                        "2 plan --state examples/plan/state.yaml --settings settings.yaml"),
                statuses);
    }

    /** The step, with what it prints now. */
    private String perform(MatchResult step) {
        if (step.group(1) != null) {
            try {
                Files.writeString(folder.resolve(step.group(1)), step.group(2));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return step.group();
        }
        var out = new ByteArrayOutputStream();
        var both = new PrintStream(out, true, StandardCharsets.UTF_8);
        var words = Arrays.stream(step.group(3).split(" ", -1))
                .map(word -> Files.exists(folder.resolve(word))
                        ? folder.resolve(word).toString()
                        : word)
                .toList();
        statuses.add(Main.run(words, new Terminal(both, both, false, true)) + " " + step.group(3));
        return step.group(4) == null
                ? step.group()
                : "    ./environment %s\n\n```\n%s```\n"
                        .formatted(
                                step.group(3),
                                out.toString(StandardCharsets.UTF_8).replace(folder + "/", ""));
    }
}
