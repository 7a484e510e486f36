package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.Lock;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a catalog entry and an app write, provider-helm comes to the values that the README promises. */
class ValuesPrecedencePropertyTest {
    private static final int RUNS = 20_000;
    private static final Json.Obj SECRET = obj("secretKeyRef", obj("name", "some"));

    /** What the Secret has that the app's {@code valuesFrom} names. */
    private Json.Obj hidden = Json.Obj.EMPTY;

    @Test
    void theOrderIsThatOfTheReadme() {
        var random = new Random(1);
        var compared = 0;
        var locks = 0;
        for (var run = 0; run < RUNS; run++) {
            var entry = entry(random);
            var app = app(random);
            hidden = tree(random, 2);
            if (entry.isPresent() && !mixed(entry.get())) {
                var promised = promised(entry.get(), app);
                var composed = new ValuesPrecedence(entry.get(), app, new FieldErrors())
                        .values()
                        .flatMap(this::byProviderHelm);
                if (composed.isPresent()) {
                    for (var lock : entry.get().locked()) {
                        locks++;
                        assertEquals(
                                over(entry.get().values(), literal(entry.get(), true))
                                        .flatMap(values -> at(values, lock)),
                                at(composed.get(), lock),
                                () -> entry + "\n" + app + "\n" + hidden);
                    }
                }
                // Helm refuses a value for a key of what is not an object.
                if (promised.isPresent() && composed.isPresent()) {
                    compared++;
                    assertEquals(promised, composed, () -> entry + "\n" + app + "\n" + hidden);
                }
            }
        }
        assertTrue(compared > RUNS / 5, "only " + compared + " were compared");
        assertTrue(locks > RUNS / 50, "only " + locks + " locks were compared");
    }

    private static Optional<Json> at(Json.Obj values, Lock lock) {
        return values.at(lock.path().keys().toArray(String[]::new));
    }

    private Optional<Json.Obj> promised(App entry, App app) {
        return over(entry.values(), literal(entry, true))
                .map(values -> app.valuesFrom().isEmpty() ? values : Merge.values(values, hidden))
                .map(values -> Merge.values(values, app.values()))
                .flatMap(values -> over(values, literal(entry, false)))
                .flatMap(values -> over(values, app.set()))
                .flatMap(values -> over(
                        values, entry.locked().stream().<Json>map(Lock::item).toList()));
    }

    private Optional<Json.Obj> byProviderHelm(AppValues values) {
        var release = values.release("base");
        var composed = Json.Obj.EMPTY;
        for (var reference : release.from()) {
            composed = Merge.values(
                    composed,
                    reference.at("configMapKeyRef").isPresent() ? values.base().orElseThrow() : hidden);
        }
        return over(Merge.values(composed, release.inline()), release.set());
    }

    private static Optional<Json.Obj> over(Json.Obj values, List<Json> set) {
        var result = Optional.of(values);
        for (var item : SetItem.of(set)) {
            var known = item.literal() ? item : new SetItem(item.name(), Optional.of("secret"));
            result = result.flatMap(known::over);
        }
        return result;
    }

    private static List<Json> literal(App app, boolean literal) {
        return app.set().stream()
                .filter(item -> SetItem.of(item).literal() == literal)
                .toList();
    }

    /** Whether an item from a Secret and another one set the same, so that their order counts. */
    private static boolean mixed(App entry) {
        return SetItem.of(literal(entry, false)).stream()
                .anyMatch(secret -> SetItem.of(literal(entry, true)).stream()
                        .anyMatch(item -> secret.paths().orElseThrow().stream()
                                .anyMatch(path ->
                                        item.paths().orElseThrow().stream().anyMatch(path::overlaps))));
    }

    /** With a lock if a path at random can have one. */
    private static Optional<App> entry(Random random) {
        var chart = obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0");
        var json = obj("chart", chart, "values", tree(random, 2), "set", set(random));
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(ignored -> read(Merge.over(json, obj("locked", arr(path(random))))))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> read(json));
    }

    private static Optional<App> read(Json.Obj entry) {
        return AppReader.entry("db", FieldReader.at("entry", Optional.of(entry), new FieldErrors()));
    }

    private static App app(Random random) {
        return Stream.generate(() -> {
                    var from = random.nextBoolean() ? arr(SECRET) : arr();
                    var json = obj("name", "db", "values", tree(random, 2), "valuesFrom", from, "set", set(random));
                    return AppReader.app(FieldReader.at("app", Optional.of(json), new FieldErrors()));
                })
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Json.Obj tree(Random random, int depth) {
        var fields = new TreeMap<String, Json>();
        for (var key : List.of("a", "b", "c")) {
            switch (random.nextInt(depth == 0 ? 4 : 7)) {
                case 0 -> fields.put(key, new Json.Text("t" + random.nextInt(100)));
                case 1 -> fields.put(key, random.nextBoolean() ? new Json.Null() : Json.Obj.EMPTY);
                case 2, 3 -> {}
                default -> fields.put(key, tree(random, depth - 1));
            }
        }
        return new Json.Obj(fields);
    }

    private static Json.Arr set(Random random) {
        var items = new ArrayList<Json>();
        var names = IntStream.range(0, random.nextInt(4))
                .mapToObj(ignored -> path(random))
                .distinct()
                .toList();
        for (var name : names) {
            items.add(
                    random.nextInt(4) == 0
                            ? Json.obj(field("name", name), field("valueFrom", SECRET))
                            : obj("name", name, "value", value(random)));
        }
        return new Json.Arr(List.copyOf(items));
    }

    private static String value(Random random) {
        return List.of("1", "true", "x,c=y", "{x,y}", "1000000", "x,b=1000000", "z" + random.nextInt(100))
                .get(random.nextInt(7));
    }

    private static String path(Random random) {
        var path = new StringBuilder();
        for (var i = random.nextInt(3); i >= 0; i--) {
            path.append("abc".charAt(random.nextInt(3))).append(i == 0 ? "" : ".");
        }
        return path.toString();
    }
}
