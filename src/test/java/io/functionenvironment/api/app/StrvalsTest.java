package io.functionenvironment.api.app;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Items of {@code set} are read as Helm reads them, and written so that Helm reads what was meant. */
class StrvalsTest {
    private static final Json.Null NULL = new Json.Null();

    @TestFactory
    Stream<DynamicTest> anItemSetsWhatHelmSets() {
        return Map.ofEntries(
                        Map.entry("a=text", obj("a", "text")),
                        Map.entry("a.b.c=1", obj("a", obj("b", obj("c", 1)))),
                        Map.entry("a\\.b=1", obj("a.b", 1)),
                        Map.entry("a\\,b\\=\\[=1", obj("a,b=[", 1)),
                        Map.entry("a=x,b=y", obj("a", "x", "b", "y")),
                        Map.entry("a=x\\,b=y", obj("a", "x,b=y")),
                        Map.entry("a=x,", obj("a", "x")),
                        Map.entry("a=,b=y", obj("a", "", "b", "y")),
                        Map.entry("a=TRUE,b=False,c=nuLL", obj("a", true, "b", false, "c", NULL)),
                        Map.entry("a=0,b=-3,c=+4,d=-0", obj("a", 0, "b", -3, "c", 4, "d", 0)),
                        Map.entry("a=007,b=1.5,c=1e3,d=0x1", obj("a", "007", "b", "1.5", "c", "1e3", "d", "0x1")),
                        Map.entry("a=9223372036854775808", obj("a", "9223372036854775808")),
                        Map.entry("a={x,1,true}", obj("a", arr("x", 1, true))),
                        Map.entry("a={},b={x\\,y\\}}", obj("a", arr(""), "b", arr("x,y}"))),
                        Map.entry("a=x{y},b=\\{z", obj("a", "x{y}", "b", "{z")),
                        Map.entry("a[1]=x", obj("a", arr(NULL, "x"))),
                        Map.entry("a[0].b=x,a[0].c=y", obj("a", arr(obj("b", "x", "c", "y")))),
                        Map.entry("a[0][1]=x", obj("a", arr(arr(NULL, "x")))),
                        Map.entry("a.b=1,a.b=2", obj("a", obj("b", 2))))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertEquals(Optional.of(each.getValue()), applied(each.getKey(), Json.Obj.EMPTY))));
    }

    @TestFactory
    Stream<DynamicTest> anItemThatHelmRefusesOrReadsInASurprisingWayIsNotRead() {
        return Stream.of(
                        "",
                        "a",
                        "=1",
                        "a.=1",
                        "a..b=1",
                        ".a=1",
                        "a=1,b",
                        "a=1,b=",
                        "a[]=1",
                        "a[x]=1",
                        "a[-1]=1",
                        "a[0]b=1",
                        "a[0",
                        "a[0]",
                        "a[65537]=1",
                        "a={x",
                        "a=1,=2",
                        "a=9007199254740992",
                        "k.".repeat(31) + "k=1",
                        "b=1,b.c=2",
                        "c[0]=1,c.d=2")
                .map(line -> DynamicTest.dynamicTest(
                        "\"" + line + "\"", () -> assertEquals(Optional.empty(), applied(line, obj("b", "text")))));
    }

    /** Most lines in the file were made at random, and the results by Helm 4.2.3. */
    @Test
    void noItemIsReadOtherwiseThanByHelm() throws IOException {
        var wrong = new ArrayList<String>();
        var read = 0;
        for (var line : Files.readAllLines(Path.of("src/test/resources/helm/strvals.jsonl"))) {
            var recorded = Yaml.documents(line).getFirst();
            var own = applied(recorded.text("line").orElse(""), recorded.object("values"));
            read += own.isPresent() ? 1 : 0;
            if (own.isPresent() && !own.equals(recorded.at("result"))) {
                wrong.add(line);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(94, read);
    }

    @Test
    void anItemWithSeveralValuesIsSplitAsLongAsEachHasOne() {
        assertEquals(
                List.of(
                        new SetItem("a\\=.b", Optional.of("x\\,y")),
                        new SetItem("c[0].d", Optional.of("{1,2}")),
                        new SetItem("e", Optional.of("z"))),
                new SetItem("a\\=.b", Optional.of("x\\,y,c[0].d={1,2},e=z,")).split());
        for (var whole : List.of("1", ",b=1", "1,b", "1,")) {
            var item = new SetItem("a", Optional.of(whole));
            assertEquals(List.of(item), item.split());
        }
    }

    @Test
    void whatIsWrittenIsReadAsTheSameValue() {
        var random = new Random(1);
        IntStream.range(0, 5000).forEach(ignored -> {
            var path = new ValuePath(IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(depth -> "k" + text(random))
                    .toList());
            var value = scalarOrList(random);
            SetItem.exactly(path, value).ifPresent(item -> {
                var expected = value;
                for (var key : path.keys().reversed()) {
                    expected = obj(key, expected);
                }
                assertEquals(Optional.of(expected), item.over(Json.Obj.EMPTY));
                assertEquals(Optional.of(List.of(path)), item.paths());
            });
        });
    }

    @Test
    void whatHelmReadsAsAnotherValueIsNotWritten() {
        var values = new TreeMap<String, Json>();
        for (var value : List.of(
                new Json.Text(""),
                new Json.Text("12"),
                new Json.Text("-1"),
                new Json.Text("0"),
                new Json.Text("true"),
                new Json.Text("Null"),
                new Json.Num(1.5),
                NULL,
                Json.Obj.EMPTY,
                arr(),
                arr(1.5),
                arr("12"),
                arr(obj("a", 1)))) {
            SetItem.exactly(new ValuePath(List.of("a")), value).ifPresent(item -> values.put(item.toString(), value));
        }
        assertEquals(Map.of(), values);
    }

    @Test
    void aValueIsWrittenWithABackslashBeforeWhatHelmWouldUnderstand() {
        assertEquals(
                Optional.of(new SetItem("a\\.b.c\\=\\[\\,\\\\", Optional.of("x\\,y\\\\z=.["))),
                SetItem.exactly(new ValuePath(List.of("a.b", "c=[,\\")), new Json.Text("x,y\\z=.[")));
        assertEquals(
                Optional.of(new SetItem("a", Optional.of("\\{x}"))),
                SetItem.exactly(new ValuePath(List.of("a")), new Json.Text("{x}")));
        assertEquals(
                Optional.of(new SetItem("a", Optional.of("{x\\,y,\\}\\\\,3,true,null}"))),
                SetItem.exactly(new ValuePath(List.of("a")), arr("x,y", "}\\", 3, true, NULL)));
    }

    @Test
    void aPathIsReadAsItIsWritten() {
        assertEquals(Optional.of(new ValuePath(List.of("a.b", "c\\", "d"))), ValuePath.parse("a\\.b.c\\\\.d"));
        assertEquals("a\\.b.c\\\\.d", new ValuePath(List.of("a.b", "c\\", "d")).toString());
        for (var wrong : List.of("", ".", "a.", ".a", "a..b", "a[0]")) {
            assertEquals(Optional.empty(), ValuePath.parse(wrong), wrong);
        }
    }

    private static Optional<Json.Obj> applied(String line, Json.Obj values) {
        var equals = line.indexOf('=');
        return equals < 0
                ? Strvals.parse(line).map(ignored -> values)
                : new SetItem(line.substring(0, equals), Optional.of(line.substring(equals + 1))).over(values);
    }

    private static Json scalarOrList(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Json.Num(random.nextInt());
            case 1 -> new Json.Bool(random.nextBoolean());
            case 2 ->
                new Json.Arr(IntStream.range(0, random.nextInt(4))
                        .<Json>mapToObj(ignored -> new Json.Text(text(random)))
                        .toList());
            default -> new Json.Text(text(random));
        };
    }

    private static String text(Random random) {
        var characters = "ab01-+.,=[]{}\\\\ \n\"é\ud83d\ude00";
        var text = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(characters.codePointAt(random.nextInt(characters.length() - 2)));
        }
        return text.toString();
    }
}
