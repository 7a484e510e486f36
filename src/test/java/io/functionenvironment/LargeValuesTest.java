package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The time of a call follows the size of what a team writes, and no product of two parts of it. */
class LargeValuesTest {
    /** About a megabyte with their values. */
    private static final int KEYS = 60_000;

    private static final Duration SHORT = Duration.ofSeconds(8);

    private static final Json.Obj SETTINGS = settings(obj(
            "catalog",
            obj(
                    "db",
                    obj(
                            "chart",
                            obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0"),
                            "values",
                            obj("extra", arr("none")),
                            "locked",
                            arr("extra")))));

    private static Json.Obj many() {
        return new Json.Obj(
                IntStream.range(0, KEYS).boxed().collect(Collectors.toMap(i -> "k" + i, i -> (Json) new Json.Num(i))));
    }

    private static List<Json.Obj> set(int items, int each) {
        return IntStream.range(0, items)
                .mapToObj(item -> obj(
                        "name",
                        "s" + item,
                        "value",
                        IntStream.range(1, each)
                                .mapToObj(i -> "s" + item + "x" + i + "=0")
                                .collect(Collectors.joining(",", each > 1 ? "0," : "0", ""))))
                .toList();
    }

    private static List<String> invalidFields(String catalog, Json values, List<Json.Obj> set) {
        var app = obj("name", "a", "catalog", catalog, "values", values, "set", set);
        return assertTimeout(
                SHORT, () -> invalid(new ObservedStateFake(environment(obj("apps", arr(app))), SETTINGS).call()));
    }

    @Test
    void upTo256ValuesInSetStandOverAnyNumberOfOthers() {
        assertEquals(List.of(), invalidFields("podinfo", many(), set(64, 4)));
        assertEquals(List.of("spec.apps[0].set[32].value"), invalidFields("podinfo", obj(), set(33, 8)));
    }

    @Test
    void moreOfThemAreRefusedAtOnce() {
        assertEquals(
                "spec.apps[0].set[0].value",
                invalidFields("podinfo", many(), set(64, 400)).getFirst());
    }

    @Test
    void manyValuesInThePlaceOfALockedOneAreOneError() {
        assertEquals(List.of("spec.apps[0].values.extra"), invalidFields("db", obj("extra", many()), List.of()));
    }
}
