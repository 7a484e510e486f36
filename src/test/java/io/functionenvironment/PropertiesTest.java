package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.resource.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of the responses to every request. */
class PropertiesTest {

    @Test
    void theSameRequestAtTheSameTimeGetsTheSameBytesWhateverTheOrderOfItsMaps() throws IOException {
        for (var request : requests()) {
            assertEquals(respond(request).toByteString(), respond(request).toByteString());
            assertEquals(respond(request), respond(reversed(request)));
            assertEquals(bytes(request), bytes(reversed(request)));
        }
    }

    @Test
    void callsWithinOneReconcileIntervalGetTheSameResponse() {
        var state = new ObservedStateFake(environment("a"), Json.Obj.EMPTY)
                .withoutKubeconfig()
                .steps(4);
        var start = Instant.parse("2026-01-01T00:01:40Z");
        var responses = IntStream.range(0, 100)
                .mapToObj(i -> respond(state.request(), start.plusMillis(i * 49L)))
                .distinct()
                .toList();
        assertEquals(1, responses.size());
        assertNotEquals(responses.getFirst(), respond(state.request(), start.plusSeconds(5)), "in the next interval");
    }

    @Test
    void theResponseForAReadyEnvironmentDoesNotDependOnTheTime() {
        var state = ready("a", "b>a");
        var responses = IntStream.range(0, 100)
                .mapToObj(i -> respond(state.request(), ObservedStateFake.NOW.plusSeconds(i * 3601L)))
                .distinct()
                .count();
        assertEquals(1, responses);
    }

    @Test
    void aResourceThatIsReadBackHasTheSpecThatWasWritten() throws IOException {
        for (var request : requests()) {
            respond(request).getDesired().getResourcesMap().forEach((name, resource) -> {
                var observed = new ObservedResource(StructCodec.tree(resource.getResource()), Set.of());
                var tracking = Tracking.of(observed).orElseThrow();
                var again = io.functionenvironment.resource.Resource.read(observed)
                        .body(tracking, Optional.empty(), ObservedStateFake.NOW);
                assertEquals(observed.body().object("spec"), again.object("spec"), name);
            });
        }
    }

    @Test
    void anObservedResourceThatIsRequestedIsNeverWithdrawn() {
        for (var count = 0; count < 8; count++) {
            var state = new ObservedStateFake(environment("a", "b>a", "c>b"), Json.Obj.EMPTY).steps(count);
            var before = new TreeSet<>(
                    state.request().getObserved().getResourcesMap().keySet());
            for (var name : before) {
                var broken =
                        state.status(name, Fixtures.down()).withoutKubeconfig().call();
                var withdrawn = new TreeSet<>(before);
                withdrawn.removeAll(broken.getDesired().getResourcesMap().keySet());
                assertEquals(Set.of(), withdrawn, "after " + count + " calls, with " + name + " broken");
            }
        }
    }

    @Test
    void theDesiredResourcesContextAndTagOfOtherStepsArePassedOn() {
        var struct = StructCodec.struct(obj("apiVersion", "v1", "kind", "ConfigMap"));
        var other = Resource.newBuilder()
                .setResource(struct)
                .setReady(Ready.READY_TRUE)
                .build();
        var request = ready("a").request().toBuilder();
        request.getMetaBuilder().setTag("a tag");
        request.setContext(StructCodec.struct(obj("key", "value")));
        request.getDesiredBuilder()
                .putResources("other", other)
                .getCompositeBuilder()
                .setResource(StructCodec.struct(obj("status", obj("cost", 42))));
        var response = respond(request.build());
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
    void theResponseDoesNotContainConnectionDetails() {
        assertEquals(false, respond(ready("a").request()).toString().contains("secret\""));
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

    private static RunFunctionResponse respond(RunFunctionRequest request) {
        return respond(request, ObservedStateFake.NOW);
    }

    private static RunFunctionResponse respond(RunFunctionRequest request, Instant now) {
        return FUNCTION.run(new FunctionRequest(request), now).message();
    }

    /** The bytes as the server writes them. */
    private static com.google.protobuf.ByteString bytes(RunFunctionRequest request) {
        var response = FUNCTION.run(new FunctionRequest(request), ObservedStateFake.NOW)
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

    /** The same request with the entries of every map in reverse order. */
    private static RunFunctionRequest reversed(RunFunctionRequest request) {
        var other = request.toBuilder();
        var resources = other.getObservedBuilder();
        resources.clearResources();
        reversed(request.getObserved().getResourcesMap())
                .forEach(entry -> resources.putResources(
                        entry.getKey(),
                        entry.getValue().toBuilder()
                                .setResource(reversed(entry.getValue().getResource()))
                                .build()));
        resources
                .getCompositeBuilder()
                .setResource(reversed(request.getObserved().getComposite().getResource()));
        return other.build();
    }

    private static Struct reversed(Struct struct) {
        var other = Struct.newBuilder();
        reversed(struct.getFieldsMap()).forEach(entry -> other.putFields(entry.getKey(), reversed(entry.getValue())));
        return other.build();
    }

    private static Value reversed(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                Value.newBuilder()
                        .setStructValue(reversed(value.getStructValue()))
                        .build();
            case LIST_VALUE -> {
                var list = com.google.protobuf.ListValue.newBuilder();
                value.getListValue().getValuesList().forEach(item -> list.addValues(reversed(item)));
                yield Value.newBuilder().setListValue(list).build();
            }
            default -> value;
        };
    }

    private static <T> List<Map.Entry<String, T>> reversed(Map<String, T> map) {
        return new ArrayList<>(map.entrySet()).reversed();
    }
}
