package io.functionenvironment.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold for every input. */
final class Findings {
    /** Characters that change how a terminal or a log shows the text around them. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}&&[^\\n]]|[\\u202a-\\u202e\\u2066-\\u2069]");

    private static final int LONGEST = 32 * 1024;

    private Findings() {}

    /** An error names its field, says something, and is short and safe to show. */
    static void check(Iterable<FieldError> errors) {
        for (var error : errors) {
            if (error.path().isBlank()) {
                fail("no path: " + error);
            }
            if (error.message().isBlank()) {
                fail("no message: " + error);
            }
            check(error.path());
            check(error.message());
        }
    }

    /** A text that people read. */
    static void check(String shown) {
        if (shown.length() > LONGEST) {
            fail("long: " + shown);
        }
        var unsafe = UNSAFE.matcher(shown);
        if (unsafe.find()) {
            fail("the character %04x is in %s".formatted((int) shown.charAt(unsafe.start()), shown));
        }
    }

    /** The files of the examples with a name that matches. */
    static Stream<byte[]> examples(Pattern name) {
        try (var files = Files.walk(Path.of("examples"))) {
            return files
                    .filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .map(Findings::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
