package io.functionenvironment.crossplane.wire;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StructWriterTest {

    @RepeatedTest(200)
    void theBytesAreThoseThatProtobufItselfWrites(RepetitionInfo repetition) {
        assertWrittenAsProtobufDoes(StructCodecTest.object(new Random(repetition.getCurrentRepetition()), 5));
    }

    @Test
    void valuesOfEveryKindAndSizeAreWritten() {
        assertWrittenAsProtobufDoes(obj());
        assertWrittenAsProtobufDoes(obj("", ""));
        assertWrittenAsProtobufDoes(obj("text", "ünïcode 名前 🙂 \u0000 half a pair: \uD83D"));
        assertWrittenAsProtobufDoes(obj("empty", arr(), "nested", arr(arr(), obj(), new Json.Null())));
        for (var number : new double[] {0, -0.0, -0.25, 1e300, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertWrittenAsProtobufDoes(obj("number", new Json.Num(number)));
        }
        for (var length : new int[] {126, 127, 128, 1000, 1024, 16_383, 16_384, 100_000}) {
            assertWrittenAsProtobufDoes(obj("long", "x".repeat(length), "x".repeat(length), arr("y".repeat(length))));
        }
    }

    @RepeatedTest(20)
    void theOrderOfKeysDoesNotShowInTheBytes(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var tree = StructCodecTest.object(random, 5);
        assertEquals(written(tree), written((Json.Obj) reversed(tree)));
        assertEquals(written(tree), written(StructCodec.tree(StructCodec.struct((Json.Obj) reversed(tree)))));
        // Parts of what is written may be views of what came in.
        var view = StructCodec.tree(StructCodec.struct(obj("values", reversed(tree), "list", arr(reversed(tree)))));
        assertEquals(
                written(obj("list", arr(tree), "values", tree)),
                written(obj("values", view.object("values"), "list", new Json.Arr(view.items("list")))));
    }

    @Test
    void aFieldIsPutBeforeWhatIsWritten() throws InvalidProtocolBufferException {
        var bytes = new StructWriter()
                .number(Resource.READY_FIELD_NUMBER, Ready.READY_FALSE_VALUE)
                .struct(Resource.RESOURCE_FIELD_NUMBER, obj("kind", "Release"))
                .written();
        var resource = Resource.newBuilder()
                .setResource(StructCodec.struct(obj("kind", "Release")))
                .setReady(Ready.READY_FALSE)
                .build();
        assertEquals(resource, Resource.parseFrom(bytes));
        assertEquals(resource.toByteString(), bytes);
    }

    private static void assertWrittenAsProtobufDoes(Json.Obj tree) {
        var resource =
                Resource.newBuilder().setResource(StructCodec.struct(tree)).build();
        assertEquals(Messages.ordered(resource), written(tree));
    }

    private static ByteString written(Json.Obj tree) {
        return new StructWriter().struct(Resource.RESOURCE_FIELD_NUMBER, tree).written();
    }

    private static Json reversed(Json tree) {
        return switch (tree) {
            case Json.Obj(var fields) -> {
                var other = new LinkedHashMap<String, Json>();
                new ArrayList<>(fields.entrySet())
                        .reversed()
                        .forEach(entry -> other.put(entry.getKey(), reversed(entry.getValue())));
                yield new Json.Obj(other);
            }
            case Json.Arr(var items) ->
                new Json.Arr(items.stream().map(StructWriterTest::reversed).toList());
            default -> tree;
        };
    }
}
