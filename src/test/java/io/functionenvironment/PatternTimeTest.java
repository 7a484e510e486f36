package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The time in which a regular expression compares a whole text follows the text's length. It is counted in the characters that it reads. */
class PatternTimeTest {
    private static final int LENGTH = 20_000;

    /** How often a pattern may read each character. A quadratic one reads each thousands of times. */
    private static final int MOST_READS = 100;

    /** A text that counts how often its characters are read, and throws once that is too often. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            this.left = (long) MOST_READS * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new IllegalStateException("is read too often");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void everyPatternReadsEachCharacterAFewTimes() throws IOException {
        var patterns = patterns();
        assertTrue(patterns.size() > 100, () -> "only " + patterns.size() + " patterns are found");
        var slow = new TreeMap<String, String>();
        LongTexts.of(LENGTH)
                .forEach(text -> patterns.forEach(field -> {
                    try {
                        ((Pattern) field.get(null)).matcher(new Counted(text)).matches();
                    } catch (IllegalStateException | StackOverflowError bad) {
                        slow.putIfAbsent(
                                field.getDeclaringClass().getSimpleName() + "." + field.getName(),
                                LongTexts.title(text) + " " + bad);
                    } catch (IllegalAccessException bad) {
                        throw new AssertionError(bad);
                    }
                }));
        assertEquals(new TreeMap<String, String>(), slow);
    }

    /** All that are constants of the function. */
    private static List<Field> patterns() throws IOException {
        var classes = Path.of("target/classes");
        var found = new ArrayList<Field>();
        try (var files = Files.walk(classes.resolve("io/functionenvironment"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("package-info.class"))
                    .sorted()
                    .toList()) {
                var name = classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                for (var field : load(name).getDeclaredFields()) {
                    if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        found.add(field);
                    }
                }
            }
        }
        return found;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PatternTimeTest.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }
}
