package io.functionenvironment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.CodedInputStream;
import io.functionenvironment.Requests;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.packed.PackedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole calls, from the bytes of a request to the response: the codec, the observed state and every reader. */
class FunctionFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST_NESTED = 500;
    private static final long MOST_GROWTH = 64;
    private static final long SMALL = 1 << 20;

    static Stream<byte[]> seeds() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            return files
                    .filter(path -> Files.exists(path.resolve("environment.yaml")))
                    .sorted()
                    .map(FunctionFuzzTest::request)
                    .toList()
                    .stream();
        }
    }

    private static byte[] request(Path folder) {
        try {
            return Requests.of(folder).toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void everyRequestGetsAResponse(byte[] input) {
        PackedRequest request;
        try {
            var in = CodedInputStream.newInstance(input);
            in.setRecursionLimit(MOST_NESTED);
            request = PackedRequest.parseFrom(in);
        } catch (IOException unreadable) {
            return;
        }
        var response = run(request);
        assertEquals(request.getMeta().getTag(), response.packed().getMeta().getTag());
        response.packed().getConditionsList().forEach(condition -> Findings.check(condition.getMessage()));
        response.packed().getResultsList().forEach(result -> Findings.check(result.getMessage()));
        var size = response.packed().getSerializedSize();
        assertTrue(size < SMALL + MOST_GROWTH * input.length, () -> "a response of " + size);
        assertEquals(response.packed(), run(request).packed());
        codec(request);
    }

    private static FunctionResponse run(PackedRequest request) {
        return Requests.FUNCTION.run(new FunctionRequest(request), NOW);
    }

    /** What is read is written as it was. */
    private static void codec(PackedRequest request) {
        for (var tree : List.of(
                StructCodec.tree(request.getInput()),
                StructCodec.tree(request.getObserved().getComposite().getResource()))) {
            var copy = tree.copy();
            assertEquals(copy, StructCodec.tree(StructCodec.struct((Json.Obj) copy)));
        }
    }
}
