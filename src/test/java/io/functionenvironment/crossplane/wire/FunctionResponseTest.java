package io.functionenvironment.crossplane.wire;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.crossplane.wire.ResponseContent.Condition;
import io.functionenvironment.crossplane.wire.ResponseContent.ConditionStatus;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.crossplane.wire.ResponseContent.Requirement;
import io.functionenvironment.crossplane.wire.ResponseContent.Result;
import io.functionenvironment.crossplane.wire.ResponseContent.Severity;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionResponseTest {
    private static final Condition VALID = new Condition("Valid", ConditionStatus.TRUE, "Valid", "All is valid.");

    @Test
    void theStatusIsMergedOverWhatEarlierStepsSay() {
        var request = observed();
        request.getDesiredBuilder()
                .getCompositeBuilder()
                .setResource(StructCodec.struct(obj("status", obj("cost", 43, "phase", "Unknown"))))
                .setReady(Ready.READY_TRUE);
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
    void contentIsWrittenWhole() {
        var request = observed();
        request.getMetaBuilder().setTag("a tag");
        var content = new ResponseContent(
                List.of(new DesiredResource("ours", obj("kind", "Release"), false)),
                Optional.of(new DesiredComposite(obj("phase", "Ready"), false)),
                List.of(VALID),
                List.of(new Result(Severity.WARNING, "Late", "it is late"), new Result(Severity.NORMAL, "New", "new")),
                List.of(new Requirement("found", "v1", "Secret", "team-a", Map.of("a", "b"))),
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
                                "v1", "Secret", Optional.empty(), Map.of("a", "b"), Optional.of("team-a"))),
                reader.requirements(selector -> selector));
        assertFalse(reader.fatal().isPresent());
    }

    private static FunctionResponse respond(RunFunctionRequest.Builder request, ResponseContent content) {
        return FunctionResponse.of(new FunctionRequest(request.build()), content);
    }

    private static RunFunctionRequest.Builder observed() {
        var composite = obj("apiVersion", "example.org/v1", "kind", "Environment", "spec", obj());
        return new FunctionRequestWriter(composite).request().message().toBuilder();
    }

    private static ResponseContent content(Json.Obj status) {
        return new ResponseContent(
                List.of(),
                Optional.of(new DesiredComposite(status, true)),
                List.of(VALID),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
