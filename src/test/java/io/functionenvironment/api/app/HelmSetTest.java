package io.functionenvironment.api.app;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Items of {@code set} are refused if Helm refuses them, or if they would make a list that is too long. */
class HelmSetTest {
    private static final Json SECRET = obj("secretKeyRef", obj("name", "s", "key", "k"));

    /** What Helm accepts and the function refuses, because it takes much memory in provider-helm. */
    private static final Pattern LONG_LISTS = Pattern.compile("\\[[0-9]{4,}]|(\\[[0-9]+]\\.?[a-z]?){9}");

    /** The first lines are those that people may write, all others were made at random, and judged by Helm 4. */
    @Test
    void anItemIsRefusedIfAndOnlyIfHelmRefusesIt() throws IOException {
        var wrong = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/helm/set.jsonl"))) {
            if (LONG_LISTS.matcher(line).find()) {
                continue;
            }
            var recorded = Yaml.documents(line).getFirst();
            var set = new HelmSet(recorded.object("values"));
            var items = SetItem.of(recorded.items("set"));
            var refused = IntStream.range(0, items.size())
                    .filter(i -> set.add(items.get(i)).isPresent())
                    .<Json>mapToObj(Json.Num::new)
                    .findFirst();
            if (!refused.equals(recorded.at("refused"))) {
                wrong.add(line + " " + refused);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @TestFactory
    Stream<DynamicTest> theErrorNamesTheFieldAndWhatToWriteInstead() {
        return Stream.of(
                        List.of("a[", "1", "name: has a '[' without a number"),
                        List.of("a[x]", "1", "name: has a '[' without a number"),
                        List.of("c[-1]", "1", "name: has a '[' without a number"),
                        List.of("a[256]", "1", "name: has an index above 255"),
                        List.of("a" + "[0]".repeat(9), "1", "name: has more than 8 indexes"),
                        List.of("a", "1,b[65536]=1", "value: has text behind"),
                        List.of("a[0]b", "1", "name: has text right behind a ']'"),
                        List.of("a..b", "1", "name: has nothing behind a '.'"),
                        List.of("a.", "1", "name: has nothing behind a '.'"),
                        List.of("a,b", "1", "name: has a comma behind a key without a value"),
                        List.of("a\\", "1", "name: ends with a backslash"),
                        List.of("k.".repeat(31) + "k", "1", "name: has more than 31 keys"),
                        List.of("a", "{1,2", "value: begins a list with '{' and has no '}'"),
                        List.of("a", "1,e", "value: has text behind a ',' or '}'"),
                        List.of("a", "{a}b", "value: has text behind a ',' or '}'"),
                        List.of("a", "{a},{b}", "value: has text behind a ',' or '}'"))
                .map(each -> DynamicTest.dynamicTest(each.get(0) + "=" + each.get(1), () -> {
                    var errors = errors(Json.Obj.EMPTY, obj("name", each.get(0), "value", each.get(1)));
                    assertEquals(1, errors.size(), errors::toString);
                    assertEquals(
                            "spec.apps[0].set[0]." + each.get(2),
                            errors.getFirst().toString().substring(0, ("spec.apps[0].set[0]." + each.get(2)).length()));
                }));
    }

    @Test
    void anItemThatGoesThroughAValueOfAnotherTypeIsRefused() {
        assertEquals(
                List.of("spec.apps[0].set[0].name: goes through \"a\", which is not an object in values or in an item"
                        + " before, and Helm refuses that; remove one of the two"),
                texts(errors(obj("a", "x"), obj("name", "a.b", "value", "1"))));
        assertEquals(
                List.of("spec.apps[0].set[1].name: goes through \"a\", which is not a list in values or in an item"
                        + " before, and Helm refuses that; remove one of the two"),
                texts(errors(Json.Obj.EMPTY, obj("name", "a.b", "value", "1"), obj("name", "a[0]", "value", "2"))));
    }

    @Test
    void whatIsNotKnownIsNotRefused() {
        var nothing = new Json.Null();
        assertEquals(List.of(), errors(obj("a", nothing), obj("name", "a.b", "value", "1")));
        assertEquals(
                List.of(),
                errors(obj("a", "x"), obj("name", "other", "valueFrom", SECRET), obj("name", "a.b", "value", "1")));
        assertEquals(List.of(), errors(Json.Obj.EMPTY, obj("name", "a\\", "valueFrom", SECRET)));
        assertEquals(List.of(), errors(Json.Obj.EMPTY, obj("name", "a=1,b", "valueFrom", SECRET)));
    }

    @Test
    void theNameOfAValueFromASecretIsCheckedAsWell() {
        for (var name : List.of("a[", "a[0]b", "a[70000]", "a..b", "a,b", "a=1,a.b")) {
            assertEquals(
                    List.of("spec.apps[0].set[0].name"),
                    errors(Json.Obj.EMPTY, obj("name", name, "valueFrom", SECRET)).stream()
                            .map(FieldError::path)
                            .toList());
        }
    }

    @Test
    void theSetOfACatalogEntryIsCheckedAsWell() {
        var errors = new FieldErrors();
        var entry = obj(
                "chart",
                obj("repository", "https://charts.example.org", "name", "a", "version", "1.0.0"),
                "values",
                obj("a", "x"),
                "set",
                arr(obj("name", "a.b", "value", "1"), obj("name", "c", "value", "1,2")),
                "locked",
                arr("a"));
        AppReader.entry("a", FieldReader.at("spec.catalog.a", Optional.of(entry), errors));
        assertEquals(
                List.of("spec.catalog.a.set[0].name", "spec.catalog.a.set[1].value"),
                errors.list().stream().map(FieldError::path).toList());
    }

    private static List<FieldError> errors(Json values, Json... set) {
        var errors = new FieldErrors();
        var app = obj("name", "web", "values", values, "set", arr((Object[]) set));
        AppReader.app(FieldReader.at("spec.apps[0]", Optional.of(app), errors));
        return errors.list();
    }

    private static List<String> texts(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).toList();
    }
}
