package io.functionenvironment.crossplane.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
