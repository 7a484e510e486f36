package io.functionenvironment.crossplane.wire;

import com.google.protobuf.Duration;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.crossplane.wire.ResponseContent.Requirement;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.MatchLabels;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.Status;
import io.functionenvironment.proto.v1.Target;

/** A response. It contains all that earlier steps desire. */
public record FunctionResponse(RunFunctionResponse message) {

    /** Adds content to what earlier steps desire. */
    public static FunctionResponse of(FunctionRequest request, ResponseContent content) {
        var received = request.message();
        var response = RunFunctionResponse.newBuilder();
        response.getMetaBuilder().setTag(received.getMeta().getTag());
        content.ttl()
                .ifPresent(ttl ->
                        response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(ttl.toSeconds())));
        if (received.hasContext()) {
            response.setContext(received.getContext());
        }
        var desired = received.getDesired().toBuilder();
        for (var resource : content.resources()) {
            desired.putResources(resource.name(), resource(resource));
        }
        content.composite().ifPresent(ours -> desired.setComposite(composite(received, ours)));
        for (var requirement : content.requirements()) {
            response.getRequirementsBuilder().putResources(requirement.name(), selector(requirement));
        }
        content.conditions().forEach(condition -> response.addConditions(condition(condition)));
        content.results().forEach(result -> response.addResults(result(result)));
        return new FunctionResponse(response.setDesired(desired).build());
    }

    private static Resource composite(RunFunctionRequest request, DesiredComposite ours) {
        var composite = request.getDesired().getComposite().toBuilder();
        var observed = StructCodec.tree(request.getObserved().getComposite().getResource());
        var named =
                Json.obj(Json.field("apiVersion", observed.at("apiVersion")), Json.field("kind", observed.at("kind")));
        var merged = Merge.over(
                Merge.over(StructCodec.tree(composite.getResource()), named),
                Json.obj(Json.field("status", ours.status())));
        composite.setResource(StructCodec.struct(merged));
        if (!ours.ready()) {
            composite.setReady(Ready.READY_FALSE);
        }
        return composite.build();
    }

    private static Resource resource(DesiredResource resource) {
        return Resource.newBuilder()
                .setResource(StructCodec.struct(resource.body()))
                .setReady(resource.ready() ? Ready.READY_TRUE : Ready.READY_FALSE)
                .build();
    }

    private static ResourceSelector selector(Requirement requirement) {
        return ResourceSelector.newBuilder()
                .setApiVersion(requirement.apiVersion())
                .setKind(requirement.kind())
                .setNamespace(requirement.namespace())
                .setMatchLabels(MatchLabels.newBuilder().putAllLabels(requirement.labels()))
                .build();
    }

    private static Condition condition(ResponseContent.Condition condition) {
        return Condition.newBuilder()
                .setType(condition.type())
                .setStatus(
                        switch (condition.status()) {
                            case TRUE -> Status.STATUS_CONDITION_TRUE;
                            case FALSE -> Status.STATUS_CONDITION_FALSE;
                            case UNKNOWN -> Status.STATUS_CONDITION_UNKNOWN;
                        })
                .setReason(condition.reason())
                .setMessage(condition.message())
                .setTarget(Target.TARGET_COMPOSITE)
                .build();
    }

    private static Result result(ResponseContent.Result result) {
        return Result.newBuilder()
                .setSeverity(
                        switch (result.severity()) {
                            case FATAL -> Severity.SEVERITY_FATAL;
                            case WARNING -> Severity.SEVERITY_WARNING;
                            case NORMAL -> Severity.SEVERITY_NORMAL;
                        })
                .setReason(result.reason())
                .setMessage(result.message())
                .setTarget(Target.TARGET_COMPOSITE)
                .build();
    }
}
