package io.functionenvironment.crossplane.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StructCodecTest {

    @RepeatedTest(200)
    void aTreeIsReadBackAsItWasWritten(RepetitionInfo repetition) {
        var tree = object(new Random(repetition.getCurrentRepetition()), 4);
        assertEquals(tree, StructCodec.tree(StructCodec.struct(tree)));
    }

    @RepeatedTest(200)
    void aViewIsEqualToTheSameTreeAndToNoOther(RepetitionInfo repetition) {
        var tree = object(new Random(repetition.getCurrentRepetition()), 4);
        assertEquals(StructCodec.tree(StructCodec.struct(tree)), tree);
        assertEquals(tree.hashCode(), StructCodec.tree(StructCodec.struct(tree)).hashCode());
        for (var other : changed(tree)) {
            assertNotEquals(StructCodec.tree(StructCodec.struct(tree)), other);
        }
    }

    /** A tree with one change each, at every place of it. */
    private static List<Json.Obj> changed(Json.Obj tree) {
        var all = new ArrayList<Json.Obj>();
        all.add(with(tree, "further", new Json.Null()));
        tree.fields().forEach((key, value) -> {
            var without = new LinkedHashMap<>(tree.fields());
            without.remove(key);
            all.add(new Json.Obj(without));
            all.add(with(new Json.Obj(without), key + "x", value));
            all.add(with(tree, key, new Json.Text("another")));
            switch (value) {
                case Json.Obj object -> changed(object).forEach(other -> all.add(with(tree, key, other)));
                case Json.Arr(var items) -> {
                    var more = new ArrayList<>(items);
                    more.add(new Json.Bool(true));
                    all.add(with(tree, key, new Json.Arr(more)));
                    if (!items.isEmpty()) {
                        more.set(0, new Json.Text("another"));
                        all.add(with(tree, key, new Json.Arr(more.subList(0, items.size()))));
                    }
                }
                case Json.Num(var number) -> all.add(with(tree, key, new Json.Num(number + 1)));
                case Json.Bool(var bool) -> all.add(with(tree, key, new Json.Bool(!bool)));
                case Json.Text(var text) -> all.add(with(tree, key, new Json.Text(text + " ")));
                case Json.Null() -> all.add(with(tree, key, new Json.Bool(false)));
            }
        });
        return all;
    }

    private static Json.Obj with(Json.Obj tree, String key, Json value) {
        var fields = new LinkedHashMap<>(tree.fields());
        fields.put(key, value);
        return new Json.Obj(fields);
    }

    @Test
    void aTreeThatIsAViewBecomesTheSameMessageAgain() {
        var struct = StructCodec.struct(JsonLiteral.obj("values", JsonLiteral.obj("replicas", 3)));
        assertSame(struct, StructCodec.struct(StructCodec.tree(struct)));
    }

    static Json.Obj object(Random random, int depth) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = random.nextInt(5); i > 0; i--) {
            fields.put("k" + random.nextInt(20), any(random, depth - 1));
        }
        return new Json.Obj(fields);
    }

    private static Json any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new Json.Text("text " + random.nextInt());
            case 1 -> new Json.Num(random.nextBoolean() ? random.nextInt() : random.nextDouble());
            case 2 -> new Json.Bool(random.nextBoolean());
            case 3 -> new Json.Null();
            case 4 -> {
                var items = new ArrayList<Json>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    items.add(any(random, depth - 1));
                }
                yield new Json.Arr(items);
            }
            default -> object(random, depth);
        };
    }
}
