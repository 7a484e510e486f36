package io.functionenvironment.crossplane.wire;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.Value;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.crossplane.wire.ResponseContent.Condition;
import io.functionenvironment.crossplane.wire.ResponseContent.ConditionStatus;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.crossplane.wire.ResponseContent.Result;
import io.functionenvironment.crossplane.wire.ResponseContent.Severity;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedState;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionResponseTest {
    private static final ByteString NOT_A_MESSAGE = ByteString.copyFrom(new byte[] {-1, -1, -1});
    private static final Condition VALID = new Condition("Valid", ConditionStatus.TRUE, "Valid", "All is valid.");

    @Test
    void whatEarlierStepsDesireAndTheContextArePassedOnByteForByte() {
        var request = observed();
        request.addContext(NOT_A_MESSAGE)
                .getDesiredBuilder()
                .putResources("theirs", NOT_A_MESSAGE)
                .setUnknownFields(later());
        var response = respond(request, content(obj("phase", "Ready"), resource("ours", obj("kind", "Release"))));
        assertEquals(List.of(NOT_A_MESSAGE), response.packed().getContextList());
        var desired = response.packed().getDesired();
        assertEquals(NOT_A_MESSAGE, desired.getResourcesOrThrow("theirs"));
        assertEquals(later(), desired.getUnknownFields());
        assertEquals(2, desired.getResourcesCount());
        assertThrows(IllegalStateException.class, response::message);
    }

    @Test
    void aCompositeThatCannotBeReadStopsThePipelineAndIsPassedOn() {
        var request = observed();
        request.getDesiredBuilder().addComposite(NOT_A_MESSAGE).putResources("theirs", NOT_A_MESSAGE);
        var response = respond(request, content(obj("phase", "Ready"), resource("ours", obj("kind", "Release"))))
                .packed();
        assertEquals(request.getDesired(), response.getDesired());
        assertEquals(
                "cannot add a status to the composite that an earlier step desires: it is not a valid"
                        + " Resource message, or is nested deeper than 500 levels",
                response.getResults(0).getMessage());
        assertEquals("SEVERITY_FATAL", response.getResults(0).getSeverity().name());
        assertEquals("Valid", response.getConditions(0).getType());
        assertEquals(1, response.getResultsCount());
    }

    @Test
    void aCompositeIsReadOnlyForAStatus() {
        var request = observed();
        request.getDesiredBuilder().addComposite(NOT_A_MESSAGE);
        var response = respond(request, ResponseContent.fatal("Broken", "it is broken", List.of(VALID)))
                .packed();
        assertEquals(request.getDesired(), response.getDesired());
        assertEquals("it is broken", response.getResults(0).getMessage());
    }

    @Test
    void theStatusIsMergedOverWhatEarlierStepsSay() {
        var request = observed();
        for (var status : List.of(obj("cost", 42, "phase", "Unknown"), obj("cost", 43))) { // It comes in two parts.
            var composite = Resource.newBuilder()
                    .setResource(StructCodec.struct(obj("status", status)))
                    .setReady(Ready.READY_TRUE);
            request.getDesiredBuilder().addComposite(composite.build().toByteString());
        }
        var composite = respond(request, content(obj("phase", "Ready")))
                .message()
                .getDesired()
                .getComposite();
        assertEquals(
                obj("apiVersion", "example.org/v1", "kind", "Environment", "status", obj("cost", 43, "phase", "Ready")),
                StructCodec.tree(composite.getResource()));
        assertEquals(Ready.READY_TRUE, composite.getReady());
    }

    @Test
    void theOrderOfMapsInTheRequestDoesNotShowInOurBytes() {
        var one = StructCodec.tree(StructCodec.struct(obj("a", 1, "b", obj("c", 2, "d", 3))));
        var other = new Json.Obj(reversed(one.fields()));
        assertEquals(one, other);
        assertEquals(desired(one), desired(other));
    }

    private static PackedState desired(Json.Obj body) {
        var request = observed();
        request.getDesiredBuilder()
                .addComposite(Resource.newBuilder()
                        .setResource(StructCodec.struct(body))
                        .build()
                        .toByteString());
        return respond(request, content(body, resource("ours", body))).packed().getDesired();
    }

    @Test
    void contentIsWrittenWhole() {
        var request = observed();
        request.getMetaBuilder().setTag("a tag");
        var content = new ResponseContent(
                List.of(new DesiredResource("ours", obj("kind", "Release"), false)),
                Optional.of(new DesiredComposite(obj("phase", "Ready"), false)),
                List.of(VALID),
                List.of(new Result(Severity.WARNING, "Late", "it is late"), new Result(Severity.NORMAL, "New", "new")),
                List.of(
                        new Requirement("found", new Gvk("v1", "Pod"), "team-a", new Match.ByLabels(Map.of("a", "b"))),
                        new Requirement("one", new Gvk("example.org/v1", "Kind"), "", new Match.ByName("some"))),
                Optional.of(Duration.ofSeconds(30)));
        var reader = new FunctionResponseReader(respond(request, content).message());
        assertEquals("a tag", reader.message().getMeta().getTag());
        assertEquals(Optional.of(Duration.ofSeconds(30)), reader.ttl());
        assertEquals(Map.of("ours", obj("kind", "Release")), reader.desired((body, ready) -> body));
        assertEquals(Map.of("ours", false), reader.desired((body, ready) -> ready));
        assertEquals(obj("phase", "Ready"), reader.status());
        assertEquals(Optional.of(false), reader.ready());
        assertEquals("[Said[type=Valid, status=True, reason=Valid, message=All is valid.]]", "" + reader.conditions());
        assertEquals(
                "[Said[type=Warning, status=, reason=Late, message=it is late],"
                        + " Said[type=Normal, status=, reason=New, message=new]]",
                "" + reader.events());
        assertEquals(
                Map.of(
                        "found",
                        new FunctionResponseReader.Selector(
                                "v1", "Pod", Optional.empty(), Map.of("a", "b"), Optional.of("team-a")),
                        "one",
                        new FunctionResponseReader.Selector(
                                "example.org/v1", "Kind", Optional.of("some"), Map.of(), Optional.empty())),
                reader.requirements(selector -> selector));
        assertFalse(reader.fatal().isPresent());
    }

    private static FunctionResponse respond(PackedRequest.Builder request, ResponseContent content) {
        return FunctionResponse.of(new FunctionRequest(request.build()), content);
    }

    private static PackedRequest.Builder observed() {
        var composite = obj("apiVersion", "example.org/v1", "kind", "Environment", "spec", obj());
        return new FunctionRequestWriter(composite).request().packed().toBuilder();
    }

    private static DesiredResource resource(String name, Json.Obj body) {
        return new DesiredResource(name, body, true);
    }

    private static ResponseContent content(Json.Obj status, DesiredResource... resources) {
        return new ResponseContent(
                List.of(resources),
                Optional.of(new DesiredComposite(status, true)),
                List.of(VALID),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static UnknownFieldSet later() {
        return UnknownFieldSet.newBuilder()
                .addField(1000, Field.newBuilder().addVarint(42).build())
                .build();
    }

    /** The same object as a view of a message whose maps are the other way round. */
    private static Map<String, Json> reversed(Map<String, Json> fields) {
        var struct = Struct.newBuilder();
        fields.entrySet().stream()
                .sorted(Map.Entry.<String, Json>comparingByKey().reversed())
                .forEach(entry -> {
                    var value = entry.getValue() instanceof Json.Obj(var inner)
                            ? Value.newBuilder()
                                    .setStructValue(StructCodec.struct(new Json.Obj(reversed(inner))))
                                    .build()
                            : StructCodec.struct(obj("value", entry.getValue())).getFieldsOrThrow("value");
                    struct.putFields(entry.getKey(), value);
                });
        return StructCodec.tree(struct.build()).fields();
    }
}
