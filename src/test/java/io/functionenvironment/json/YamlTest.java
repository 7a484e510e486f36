package io.functionenvironment.json;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** YAML is read as kubectl reads it. The values of scalars and merge keys are those that kubectl 1.32 prints as JSON. */
class YamlTest {
    private static Json read(String text) {
        return Yaml.documents(text).getFirst();
    }

    @TestFactory
    Stream<DynamicTest> aPlainScalarHasTheValueThatKubectlGivesIt() {
        return Stream.of(
                        List.of("y", true),
                        List.of("yes", true),
                        List.of("Off", false),
                        List.of("0o17", 15),
                        List.of("017", 15),
                        List.of("08", 8),
                        List.of("0x1F", 31),
                        List.of("-0x1", -1),
                        List.of("0b11", 3),
                        List.of("+1", 1),
                        List.of("1_000", 1000),
                        List.of("1__0", 10),
                        List.of("_1", "_1"),
                        List.of("1.", 1),
                        List.of(".5", 0.5),
                        List.of("0.1_0", 0.1),
                        List.of("1e3", 1000),
                        List.of("1:30", "1:30"),
                        List.of("2026-01-01", "2026-01-01"),
                        List.of("'-0x1'", "-0x1"),
                        List.of("\"yes\"", "yes"),
                        List.of("!!str 12", "12"),
                        List.of("!!int '3'", 3),
                        List.of("!!binary aGk=", "hi"),
                        List.of("1234567e890", "1234567e890"),
                        List.of("0x10000000000000000", "0x10000000000000000"),
                        List.of("._5", "._5"))
                .map(each -> DynamicTest.dynamicTest(
                        String.valueOf(each.get(0)),
                        () -> assertEquals(obj("a", each.get(1)), read("a: " + each.get(0)))));
    }

    @TestFactory
    Stream<DynamicTest> aTextThatIsWrittenIsReadAsText() {
        return Stream.of(
                        "y", "no", "017", "08", "0o17", "1_000", "+1", ".5", "1e3", "~", "null", ".inf", "1:30", "<<",
                        "", "a: b", "#")
                .map(text -> DynamicTest.dynamicTest(
                        "'" + text + "'",
                        () -> assertEquals(obj("a", text, text, 1), read(Yaml.text(obj("a", text, text, 1))))));
    }

    @Test
    void aliasesAndMergeKeysAreResolved() {
        var text = """
                small: &small {cpu: 100m, memory: 64Mi}
                same: *small
                own: &own {memory: 1Gi}
                both: {<<: [*own, *small], pods: 3}
                before: {memory: 2Gi, <<: *small}
                after: {<<: *small, memory: 2Gi}
                twice: {<<: *own, <<: *small}
                """;
        assertEquals(
                obj(
                        "small", obj("cpu", "100m", "memory", "64Mi"),
                        "same", obj("cpu", "100m", "memory", "64Mi"),
                        "own", obj("memory", "1Gi"),
                        "both", obj("cpu", "100m", "memory", "1Gi", "pods", 3),
                        "before", obj("cpu", "100m", "memory", "64Mi"),
                        "after", obj("cpu", "100m", "memory", "2Gi"),
                        "twice", obj("cpu", "100m", "memory", "64Mi")),
                read(text));
    }

    @Test
    void emptyDocumentsAreLeftOut() {
        assertEquals(List.of(obj("a", 1), arr(2)), Yaml.documents("---\n# nothing\n---\na: 1\n---\n---\n- 2\n---\n"));
    }

    @Test
    void keysAreText() {
        assertEquals(obj("1", "a", "true", "b", "1.5", "c"), read("{1: a, yes: b, 1.5: c}"));
        assertEquals(
                obj("1.4", "a", "0.5", "b", "1e+21", "c", "1.234568e+06", "d", "1000", "e"),
                read("{1.40: a, .5: b, 1e21: c, 1234568.0: d, 1e3: e}"));
    }

    @Test
    void jsonMayHaveTabsAndSeveralObjects() {
        assertEquals(List.of(obj("a", 1), obj("b", "x")), Yaml.documents("{\n\t\"a\": 1}\n{\"b\": \"x\"}"));
        assertEquals(obj("a", arr(1, 2)), read("{a: [1, 2]}"));
    }

    @Test
    void aTabMayStandBetweenTokens() {
        assertEquals(obj("a", 1, "b", arr("x", "y\tz")), read("---\t\t\na:\t1\nb:\t[x,\t\"y\tz\"]\t# c\n"));
        assertEquals(obj("a", "😀", "b", 1), read("a: 😀\nb: \t 1\n"));
        assertEquals(obj("a", "\tx\n"), read("a: |\n  \tx\n"));
        for (var wrong : List.of("a:\n\tb: 1", "-\ta", "- -\ta", "a:\n- \tb: 1")) {
            assertTrue(message(wrong).contains("(TAB)"), wrong);
        }
    }

    @Test
    void keysThatAreReadAsBooleansAreNamed() {
        var keys = new HashMap<String, String>();
        Yaml.documents("{n: 1, x: {off: 2}, true: 3, \"yes\": 4, z: {On: 5}}", keys);
        assertEquals(Map.of("false", "n", "true", "On"), keys);
    }

    @Test
    void aNumberThatIsTooLargeIsNotShownAtFullLength() {
        assertEquals("1000… is too large for a number", message("{\"a\": 1" + "0".repeat(400) + "}"));
    }

    @Test
    void whatIsInvalidIsRejectedWithItsLine() {
        assertEquals("line 2, column 1: duplicate key \"a\"", message("a: 1\na: 2"));
        assertEquals("line 1, column 4: .inf is not a number in JSON", message("a: .inf"));
        assertEquals("line 1, column 4: an alias contains itself", message("a: &a {b: *a}"));
        assertEquals("line 1, column 4: found undefined alias x", message("a: *x"));
        assertEquals("line 1, column 9: a merge key needs an object or a list of objects", message("a: {<<: 1}"));
        assertEquals(
                "line 1, column 9: a merge key needs an object or a list of objects", message("a: {<<: [[{b: 1}]]}"));
        assertEquals("line 1, column 6: a merge key needs an object or a list of objects", message("{<<: &a [*a]}"));
    }

    @Test
    void aliasesCannotGrowWithoutBound() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 9; i++) {
            var one = "*a" + (i - 1);
            text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, one))));
        }
        assertEquals("has more than 1000000 values, some of them by aliases", message(text.toString()));
    }

    private static String message(String text) {
        return String.valueOf(
                assertThrows(InvalidYaml.class, () -> Yaml.documents(text)).getMessage());
    }
}
