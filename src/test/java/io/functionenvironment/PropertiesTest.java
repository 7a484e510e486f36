package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every request. */
class PropertiesTest {

    @Test
    void theSameRequestAtTheSameTimeGetsTheSameBytesInWhateverOrderItsMapsCome() throws IOException {
        for (var request : requests()) {
            assertEquals(answer(request).toByteString(), answer(request).toByteString());
            assertEquals(answer(request), answer(backwards(request)));
            assertEquals(bytes(request), bytes(backwards(request)));
        }
    }

    @Test
    void callsWithinOneIntervalWriteNothingNew() {
        var road = new ObservedStateFake(environment("a"), Json.Obj.EMPTY)
                .withoutKubeconfig()
                .steps(3);
        var start = Instant.parse("2026-01-01T00:01:40Z");
        var answers = IntStream.range(0, 100)
                .mapToObj(i -> answer(road.request(), start.plusMillis(i * 49L)))
                .distinct()
                .toList();
        assertEquals(1, answers.size());
        assertNotEquals(answers.getFirst(), answer(road.request(), start.plusSeconds(5)), "then it looks again");
    }

    @Test
    void onceAllIsReadyTheClockChangesNothing() {
        var road = ready("a", "b>a");
        var answers = IntStream.range(0, 100)
                .mapToObj(i -> answer(road.request(), ObservedStateFake.NOW.plusSeconds(i * 3601L)))
                .distinct()
                .count();
        assertEquals(1, answers);
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() throws IOException {
        for (var request : requests()) {
            answer(request).getDesired().getResourcesMap().forEach((name, resource) -> {
                var body = StructCodec.tree(resource.getResource());
                var read = io.functionenvironment.resource.Resource.read(new ObservedResource(body, Set.of()));
                assertEquals(body.object("spec"), read.orElseThrow().body().object("spec"), name);
            });
        }
    }

    @Test
    void whatIsObservedAndWantedIsNeverWithdrawn() {
        for (var count = 0; count < 8; count++) {
            var road = new ObservedStateFake(environment("a", "b>a", "c>b"), Json.Obj.EMPTY).steps(count);
            var before =
                    new TreeSet<>(road.request().getObserved().getResourcesMap().keySet());
            for (var name : before) {
                var broken =
                        road.status(name, Fixtures.down()).withoutKubeconfig().call();
                var lost = new TreeSet<>(before);
                lost.removeAll(broken.getDesired().getResourcesMap().keySet());
                assertEquals(Set.of(), lost, "after " + count + " calls, with " + name + " broken");
            }
        }
    }

    @Test
    void whatOthersDesireAndSayPassesThrough() {
        var struct = StructCodec.struct(JsonLiteral.obj("apiVersion", "v1", "kind", "ConfigMap"));
        var other = Resource.newBuilder()
                .setResource(struct)
                .setReady(Ready.READY_TRUE)
                .build();
        var request = ready("a").request().toBuilder();
        request.getMetaBuilder().setTag("a tag");
        request.setContext(StructCodec.struct(JsonLiteral.obj("key", "value")));
        request.getDesiredBuilder()
                .putResources("other", other)
                .getCompositeBuilder()
                .setResource(StructCodec.struct(JsonLiteral.obj("status", JsonLiteral.obj("cost", 42))));
        var response = answer(request.build());
        assertEquals("a tag", response.getMeta().getTag());
        assertEquals(request.getContext(), response.getContext());
        assertEquals(other, response.getDesired().getResourcesOrThrow("other"));
        assertEquals(
                42,
                StructCodec.tree(response.getDesired().getComposite().getResource())
                        .number("status", "cost")
                        .orElseThrow());
    }

    @Test
    void theSecretItselfIsNowhereInTheAnswer() {
        assertEquals(false, answer(ready("a").request()).toString().contains("secret\""));
    }

    private static List<RunFunctionRequest> requests() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            var requests = new ArrayList<RunFunctionRequest>();
            for (var folder : files.filter(path -> Files.exists(path.resolve("environment.yaml")))
                    .sorted()
                    .toList()) {
                requests.add(Requests.of(folder));
            }
            return requests;
        }
    }

    private static RunFunctionResponse answer(RunFunctionRequest request) {
        return answer(request, ObservedStateFake.NOW);
    }

    private static RunFunctionResponse answer(RunFunctionRequest request, Instant now) {
        return EnvironmentFunction.run(new FunctionRequest(request), now).message();
    }

    /** As the server writes them. */
    private static com.google.protobuf.ByteString bytes(RunFunctionRequest request) {
        var response = EnvironmentFunction.run(new FunctionRequest(request), ObservedStateFake.NOW)
                .packed();
        var bytes = new byte[response.getSerializedSize()];
        var coded = com.google.protobuf.CodedOutputStream.newInstance(bytes);
        coded.useDeterministicSerialization();
        try {
            response.writeTo(coded);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return com.google.protobuf.ByteString.copyFrom(bytes);
    }

    private static RunFunctionRequest backwards(RunFunctionRequest request) {
        var other = request.toBuilder();
        var resources = other.getObservedBuilder();
        resources.clearResources();
        reversed(request.getObserved().getResourcesMap())
                .forEach(entry -> resources.putResources(
                        entry.getKey(),
                        entry.getValue().toBuilder()
                                .setResource(backwards(entry.getValue().getResource()))
                                .build()));
        resources
                .getCompositeBuilder()
                .setResource(backwards(request.getObserved().getComposite().getResource()));
        return other.build();
    }

    private static Struct backwards(Struct struct) {
        var other = Struct.newBuilder();
        reversed(struct.getFieldsMap()).forEach(entry -> other.putFields(entry.getKey(), backwards(entry.getValue())));
        return other.build();
    }

    private static Value backwards(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                Value.newBuilder()
                        .setStructValue(backwards(value.getStructValue()))
                        .build();
            case LIST_VALUE -> {
                var list = com.google.protobuf.ListValue.newBuilder();
                value.getListValue().getValuesList().forEach(item -> list.addValues(backwards(item)));
                yield Value.newBuilder().setListValue(list).build();
            }
            default -> value;
        };
    }

    private static <T> List<Map.Entry<String, T>> reversed(Map<String, T> map) {
        return new ArrayList<>(map.entrySet()).reversed();
    }
}
