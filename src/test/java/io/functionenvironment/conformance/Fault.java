package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.Status;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Something that a function does wrong.
 *
 * @param finds the demand that has to notice
 * @param spoil changes the answer of a function that does nothing wrong
 */
record Fault(String finds, Spoil spoil) {

    interface Spoil {
        void answer(RunFunctionRequest request, RunFunctionResponse.Builder answer);
    }

    /** A function that desires nothing and does nothing wrong. */
    static PackedResponse faultless(PackedRequest request) {
        var answer = PackedResponse.newBuilder();
        answer.getMetaBuilder()
                .setTag(request.getMeta().getTag())
                .setTtl(Duration.newBuilder().setSeconds(60));
        return answer.addAllContext(request.getContextList())
                .setDesired(request.getDesired())
                .build();
    }

    Function<PackedRequest, PackedResponse> function() {
        return request -> {
            var answer = new FunctionResponse(faultless(request)).message().toBuilder();
            spoil.answer(new FunctionRequest(request).message(), answer);
            return packed(answer.build());
        };
    }

    private static PackedResponse packed(RunFunctionResponse answer) {
        try {
            return PackedResponse.parseFrom(answer.toByteString());
        } catch (InvalidProtocolBufferException impossible) {
            throw new UncheckedIOException("the bytes of both are the same", impossible);
        }
    }

    private static final AtomicInteger CALLS = new AtomicInteger();

    static final List<Fault> ALL = List.of(
            new Fault("tag-echoed", (request, answer) -> answer.getMetaBuilder().clearTag()),
            new Fault(
                    "tag-not-interpreted",
                    (request, answer) -> answer.getMetaBuilder()
                            .getTtlBuilder()
                            .setSeconds(Math.abs(request.getMeta().getTag().hashCode() % 1000))),
            new Fault("ttl-set", (request, answer) -> answer.getMetaBuilder().clearTtl()),
            new Fault(
                    "ttl-is-a-time",
                    (request, answer) -> answer.getMetaBuilder().getTtlBuilder().setSeconds(-1)),
            new Fault(
                    "same-answer", (request, answer) -> answer.addConditions(said("call " + CALLS.incrementAndGet()))),
            new Fault(
                    "same-bytes",
                    (request, answer) -> answer.addConditions(said(String.join(
                            ",", request.getDesired().getResourcesMap().keySet())))),
            new Fault(
                    "requirements-settle",
                    (request, answer) -> answer.getRequirementsBuilder()
                            .putResources(
                                    "look " + request.getRequiredResourcesCount(),
                                    ResourceSelector.getDefaultInstance())),
            new Fault("comes-to-rest", (request, answer) -> status(answer, obj("calls", 1 + counted(request)))),
            new Fault(
                    "passes-resources-on",
                    (request, answer) -> answer.getDesiredBuilder().removeResources(Samples.EARLIER + "ready_true")),
            new Fault("passes-resources-on", (request, answer) -> change(answer, Resource.Builder::clearReady)),
            new Fault(
                    "passes-resources-on",
                    (request, answer) -> change(answer, Resource.Builder::clearConnectionDetails)),
            new Fault(
                    "passes-composite-on",
                    (request, answer) -> answer.getDesiredBuilder().clearComposite()),
            new Fault("passes-context-on", (request, answer) -> answer.clearContext()),
            new Fault(
                    "passes-the-unknown-on",
                    (request, answer) ->
                            answer.getDesiredBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance())),
            new Fault("passes-bytes-on", (request, answer) -> {}), // Reading and writing what is passed on is enough.
            new Fault(
                    "keeps-names-of-others",
                    (request, answer) -> answer.getDesiredBuilder().putResources("mine", mine(obj()))),
            new Fault(
                    "composite-only-status",
                    (request, answer) -> answer.getDesiredBuilder()
                            .getCompositeBuilder()
                            .getResourceBuilder()
                            .putFields("spec", Value.getDefaultInstance())),
            new Fault(
                    "composite-no-conditions-in-status",
                    (request, answer) -> status(answer, obj("conditions", JsonLiteral.arr()))),
            new Fault(
                    "composed-no-status",
                    (request, answer) -> answer.getDesiredBuilder().putResources("mine", mine(obj("status", obj())))),
            new Fault(
                    "composed-no-name",
                    (request, answer) -> answer.getDesiredBuilder()
                            .putResources("mine", mine(obj("metadata", obj("name", "mine"))))),
            new Fault(
                    "composed-has-kind",
                    (request, answer) ->
                            answer.getDesiredBuilder().putResources("mine", Resource.getDefaultInstance())),
            new Fault("fatal-only-to-stop", (request, answer) -> answer.addResults(said(Severity.SEVERITY_FATAL))),
            new Fault("no-standing-results", (request, answer) -> answer.addResults(said(Severity.SEVERITY_NORMAL))),
            new Fault(
                    "results-are-complete",
                    (request, answer) -> answer.addResults(said(Severity.SEVERITY_UNSPECIFIED))),
            new Fault(
                    "conditions-are-complete",
                    (request, answer) -> answer.addConditions(said("is").setType("Ready"))),
            new Fault("hostile-empty", onlyOf(request -> !request.getObserved().hasComposite())),
            new Fault("hostile-types", onlyOf(request -> number(request, "metadata"))),
            new Fault("hostile-texts", onlyOf(request -> request.getSerializedSize() > 1_000_000)),
            new Fault("hostile-sizes", onlyOf(request -> request.getObserved().getResourcesCount() > 1000)),
            new Fault("hostile-surroundings", onlyOf(RunFunctionRequest::hasInput)),
            new Fault(
                    "hostile-later",
                    onlyOf(request -> !request.getUnknownFields().asMap().isEmpty())),
            new Fault("hostile-10-mib", onlyOf(request -> request.getSerializedSize() > 9_000_000)),
            new Fault(
                    "secrets-stay-secret",
                    (request, answer) -> request.getCredentialsMap()
                            .values()
                            .forEach(all -> all.getCredentialData()
                                    .getDataMap()
                                    .values()
                                    .forEach(secret -> answer.addConditions(said(secret.toStringUtf8()))))),
            new Fault(
                    "many-at-once",
                    (request, answer) -> answer.addConditions(
                            said(request.getMeta().getTag().startsWith("call 19") ? "late" : "in time"))));

    /** Answers some requests with nothing, not even a tag. */
    private static Spoil onlyOf(java.util.function.Predicate<RunFunctionRequest> some) {
        return (request, answer) -> {
            if (some.test(request)) {
                answer.clear();
            }
        };
    }

    private static boolean number(RunFunctionRequest request, String key) {
        return request.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault(key, Value.getDefaultInstance())
                .hasNumberValue();
    }

    private static Condition.Builder said(String message) {
        return Condition.newBuilder()
                .setType("Said")
                .setStatus(Status.STATUS_CONDITION_TRUE)
                .setReason("Said")
                .setMessage(message);
    }

    private static Result said(Severity severity) {
        return Result.newBuilder().setSeverity(severity).setMessage("said").build();
    }

    private static double counted(RunFunctionRequest request) {
        return RecordedControlPlane.object(request.getObserved().getComposite().getResource(), "status")
                .getFieldsOrDefault("calls", Value.getDefaultInstance())
                .getNumberValue();
    }

    private static void status(RunFunctionResponse.Builder answer, Json.Obj status) {
        answer.getDesiredBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .mergeFrom(Samples.struct(obj("status", status)));
    }

    private static void change(
            RunFunctionResponse.Builder answer, java.util.function.Consumer<Resource.Builder> change) {
        answer.getDesired().getResourcesMap().forEach((name, resource) -> {
            var changed = resource.toBuilder();
            change.accept(changed);
            answer.getDesiredBuilder().putResources(name, changed.build());
        });
    }

    private static Resource mine(Json.Obj more) {
        var named = Samples.struct(obj("apiVersion", "example.org/v1", "kind", "Mine"));
        return Resource.newBuilder()
                .setResource(Struct.newBuilder(named).mergeFrom(Samples.struct(more)))
                .build();
    }
}
