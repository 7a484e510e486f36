package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A function that violates one rule.
 *
 * @param violates the id of the rule
 * @param corruption changes the response of a conforming function
 */
record FaultyFunction(String violates, Corruption corruption) {

    interface Corruption {
        void apply(RunFunctionRequest request, RunFunctionResponse.Builder response);
    }

    /** A conforming function that desires nothing itself. */
    static PackedResponse conforming(PackedRequest request) {
        var response = PackedResponse.newBuilder();
        response.getMetaBuilder()
                .setTag(request.getMeta().getTag())
                .setTtl(Duration.newBuilder().setSeconds(60));
        return response.addAllContext(request.getContextList())
                .setDesired(request.getDesired())
                .build();
    }

    private static final AtomicInteger CALLS = new AtomicInteger();

    static final List<FaultyFunction> ALL = List.of(
            returning("tag-echoed", response -> response.getMetaBuilder().clearTag()),
            new FaultyFunction(
                    "tag-not-interpreted",
                    (request, response) -> response.getMetaBuilder()
                            .getTtlBuilder()
                            .setSeconds(Math.abs(request.getMeta().getTag().hashCode() % 1000))),
            returning("ttl-set", response -> response.getMetaBuilder().clearTtl()),
            returning(
                    "ttl-is-valid",
                    response -> response.getMetaBuilder().getTtlBuilder().setSeconds(-1)),
            returning(
                    "same-response", response -> response.addConditions(condition("call " + CALLS.incrementAndGet()))),
            new FaultyFunction(
                    "same-bytes",
                    (request, response) -> response.addConditions(condition(String.join(
                            ",", request.getDesired().getResourcesMap().keySet())))),
            new FaultyFunction(
                    "requirements-settle",
                    (request, response) -> response.getRequirementsBuilder()
                            .putResources(
                                    "requirement " + request.getRequiredResourcesCount(),
                                    ResourceSelector.getDefaultInstance())),
            new FaultyFunction(
                    "comes-to-rest", (request, response) -> status(response, obj("calls", 1 + calls(request)))),
            returning(
                    "keeps-resources",
                    response -> response.getDesiredBuilder().removeResources(SampleRequests.EARLIER + "ready_true")),
            returning("keeps-resources", response -> change(response, Resource.Builder::clearReady)),
            returning("keeps-resources", response -> change(response, Resource.Builder::clearConnectionDetails)),
            returning(
                    "keeps-composite", response -> response.getDesiredBuilder().clearComposite()),
            returning("keeps-context", RunFunctionResponse.Builder::clearContext),
            returning(
                    "keeps-unknown-fields",
                    response -> response.getDesiredBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance())),
            returning("keeps-bytes", response -> {}), // It parses and serializes what it passes on, which is enough.
            returning("keeps-names", response -> addResource(response, obj())),
            returning(
                    "composite-only-status",
                    response -> response.getDesiredBuilder()
                            .getCompositeBuilder()
                            .getResourceBuilder()
                            .putFields("spec", Value.getDefaultInstance())),
            returning(
                    "composite-no-conditions-in-status",
                    response -> status(response, obj("conditions", JsonLiteral.arr()))),
            returning("composed-no-status", response -> addResource(response, obj("status", obj()))),
            returning("composed-no-name", response -> addResource(response, obj("metadata", obj("name", "own")))),
            returning(
                    "composed-has-kind",
                    response -> response.getDesiredBuilder().putResources("own", Resource.getDefaultInstance())),
            returning("fatal-only-to-stop", response -> response.addResults(result(Severity.SEVERITY_FATAL))),
            returning("no-repeated-results", response -> response.addResults(result(Severity.SEVERITY_NORMAL))),
            returning("results-are-complete", response -> response.addResults(result(Severity.SEVERITY_UNSPECIFIED))),
            returning(
                    "conditions-are-complete",
                    response -> response.addConditions(condition("is").setType("Ready"))),
            emptyResponse("empty-requests", request -> !request.getObserved().hasComposite()),
            emptyResponse("unexpected-types", request -> isNumber(request, "metadata")),
            emptyResponse("unexpected-texts", request -> request.getSerializedSize() > 1_000_000),
            emptyResponse("large-collections", request -> request.getObserved().getResourcesCount() > 1000),
            emptyResponse("unexpected-inputs", RunFunctionRequest::hasInput),
            emptyResponse(
                    "later-crossplane",
                    request -> !request.getUnknownFields().asMap().isEmpty()),
            emptyResponse("request-of-10-mib", request -> request.getSerializedSize() > 9_000_000),
            new FaultyFunction(
                    "secrets-stay-secret",
                    (request, response) -> request.getCredentialsMap()
                            .values()
                            .forEach(all -> all.getCredentialData()
                                    .getDataMap()
                                    .values()
                                    .forEach(secret -> response.addConditions(condition(secret.toStringUtf8()))))),
            new FaultyFunction(
                    "many-at-once",
                    (request, response) -> response.addConditions(
                            condition(request.getMeta().getTag().startsWith("call 19") ? "late" : "in time"))));

    private static FaultyFunction returning(String violates, Consumer<RunFunctionResponse.Builder> corruption) {
        return new FaultyFunction(violates, (request, response) -> corruption.accept(response));
    }

    /** Returns an empty response, without the tag, to some requests. */
    private static FaultyFunction emptyResponse(String violates, Predicate<RunFunctionRequest> some) {
        return new FaultyFunction(violates, (request, response) -> {
            if (some.test(request)) {
                response.clear();
            }
        });
    }

    private static boolean isNumber(RunFunctionRequest request, String key) {
        return request.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault(key, Value.getDefaultInstance())
                .hasNumberValue();
    }

    private static Condition.Builder condition(String message) {
        return Condition.newBuilder()
                .setType("Custom")
                .setStatus(Status.STATUS_CONDITION_TRUE)
                .setReason("Custom")
                .setMessage(message);
    }

    private static Result result(Severity severity) {
        return Result.newBuilder().setSeverity(severity).setMessage("result").build();
    }

    private static double calls(RunFunctionRequest request) {
        var composite = request.getObserved().getComposite().getResource();
        var status = ImmediateControlPlane.object(composite, "status");
        return status.getFieldsOrDefault("calls", Value.getDefaultInstance()).getNumberValue();
    }

    private static void status(RunFunctionResponse.Builder response, Json.Obj status) {
        response.getDesiredBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .mergeFrom(SampleRequests.struct(obj("status", status)));
    }

    private static void change(RunFunctionResponse.Builder response, Consumer<Resource.Builder> change) {
        for (var name : response.getDesired().getResourcesMap().keySet()) {
            change.accept(response.getDesiredBuilder().putResourcesBuilderIfAbsent(name));
        }
    }

    private static void addResource(RunFunctionResponse.Builder response, Json.Obj fields) {
        var body = SampleRequests.struct(obj("apiVersion", "example.org/v1", "kind", "Own"));
        response.getDesiredBuilder()
                .putResources(
                        "own",
                        Resource.newBuilder()
                                .setResource(Struct.newBuilder(body).mergeFrom(SampleRequests.struct(fields)))
                                .build());
    }
}
