package io.functionenvironment.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.functionenvironment.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StructsTest {

    @RepeatedTest(200)
    void aTreeComesBackAsItWentIn(RepetitionInfo repetition) {
        var tree = object(new Random(repetition.getCurrentRepetition()), 4);
        assertEquals(tree, Structs.tree(Structs.struct(tree)));
    }

    @Test
    void whatIsOnlyPassedOnStaysTheMessageItCameIn() {
        var struct = Structs.struct(Tree.obj("values", Tree.obj("replicas", 3)));
        assertSame(struct, Structs.struct(Structs.tree(struct)));
    }

    @Test
    void theOrderOfKeysDoesNotShowInTheBytes() {
        var one = Structs.struct(Tree.obj("a", 1, "b", Tree.obj("c", 2, "d", 3)));
        var other = Structs.struct(Tree.obj("b", Tree.obj("d", 3, "c", 2), "a", 1));
        assertEquals(one.toByteString(), other.toByteString());
    }

    private static Tree.Obj object(Random random, int depth) {
        var fields = new LinkedHashMap<String, Tree>();
        for (var i = random.nextInt(5); i > 0; i--) {
            fields.put("k" + random.nextInt(20), any(random, depth - 1));
        }
        return new Tree.Obj(fields);
    }

    private static Tree any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new Tree.Text("text " + random.nextInt());
            case 1 -> new Tree.Num(random.nextBoolean() ? random.nextInt() : random.nextDouble());
            case 2 -> new Tree.Bool(random.nextBoolean());
            case 3 -> new Tree.Null();
            case 4 -> {
                var items = new ArrayList<Tree>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    items.add(any(random, depth - 1));
                }
                yield new Tree.Arr(items);
            }
            default -> object(random, depth);
        };
    }
}
