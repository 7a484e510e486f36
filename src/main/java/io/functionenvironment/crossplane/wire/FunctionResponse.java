package io.functionenvironment.crossplane.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.MatchLabels;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.Status;
import io.functionenvironment.proto.v1.Target;
import java.util.List;

/** A response. What earlier steps desire and the context are in it byte for byte as they came. */
public record FunctionResponse(PackedResponse packed) {
    /** The same limit as for whole requests. */
    private static final int MOST_NESTED = 500;

    /**
     * Adds content to what earlier steps desire. The response is Fatal if the content has a status and what earlier steps
     * say about the composite cannot be read, because then the two cannot be merged.
     */
    public static FunctionResponse of(FunctionRequest request, ResponseContent content) {
        var earlier = request.packed().getDesired().getCompositeList();
        try {
            var composite = content.composite().isPresent()
                    ? List.of(composite(request, content.composite().get()))
                    : earlier;
            return written(request, content, composite);
        } catch (InvalidProtocolBufferException unreadable) {
            var fatal = ResponseContent.fatal(
                    "DesiredCompositeUnreadable",
                    "cannot add a status to the composite that an earlier step desires: it is not a valid"
                            + " Resource message, or is nested deeper than %d levels".formatted(MOST_NESTED),
                    content.conditions());
            return written(request, fatal, earlier);
        }
    }

    /**
     * The response in the protocol's own type.
     *
     * @throws IllegalStateException if something that is only passed on is not a message
     */
    public RunFunctionResponse message() {
        return Messages.retyped(packed, RunFunctionResponse.parser());
    }

    private static FunctionResponse written(
            FunctionRequest request, ResponseContent content, List<ByteString> composite) {
        var received = request.packed();
        var response = PackedResponse.newBuilder().addAllContext(received.getContextList());
        response.getMetaBuilder().setTag(received.getMeta().getTag());
        content.ttl()
                .ifPresent(ttl ->
                        response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(ttl.toSeconds())));
        var desired = received.getDesired().toBuilder().clearComposite().addAllComposite(composite);
        for (var resource : content.resources()) {
            desired.putResources(resource.name(), resource(resource));
        }
        for (var requirement : content.requirements()) {
            response.getRequirementsBuilder().putResources(requirement.name(), selector(requirement));
        }
        content.conditions().forEach(condition -> response.addConditions(condition(condition)));
        content.results().forEach(result -> response.addResults(result(result)));
        return new FunctionResponse(response.setDesired(desired).build());
    }

    private static ByteString composite(FunctionRequest request, DesiredComposite ours)
            throws InvalidProtocolBufferException {
        var earlier = ByteString.copyFrom(request.packed().getDesired().getCompositeList());
        var composite = Messages.parse(earlier, Resource.parser(), MOST_NESTED).toBuilder();
        var observed =
                StructCodec.tree(request.packed().getObserved().getComposite().getResource());
        var named =
                Json.obj(Json.field("apiVersion", observed.at("apiVersion")), Json.field("kind", observed.at("kind")));
        var merged = Merge.over(
                Merge.over(StructCodec.tree(composite.getResource()), named),
                Json.obj(Json.field("status", ours.status())));
        if (!ours.ready()) {
            composite.setReady(Ready.READY_FALSE);
        }
        var rest = Messages.ordered(composite.clearResource().build());
        return new StructWriter()
                .struct(Resource.RESOURCE_FIELD_NUMBER, merged)
                .written()
                .concat(rest);
    }

    private static ByteString resource(DesiredResource resource) {
        return new StructWriter()
                .number(
                        Resource.READY_FIELD_NUMBER,
                        resource.ready() ? Ready.READY_TRUE_VALUE : Ready.READY_FALSE_VALUE)
                .struct(Resource.RESOURCE_FIELD_NUMBER, resource.body())
                .written();
    }

    private static ResourceSelector selector(Requirement requirement) {
        var selector = ResourceSelector.newBuilder()
                .setApiVersion(requirement.gvk().apiVersion())
                .setKind(requirement.gvk().kind());
        if (!requirement.namespace().isEmpty()) {
            selector.setNamespace(requirement.namespace());
        }
        return switch (requirement.match()) {
            case Match.ByName(var name) -> selector.setMatchName(name).build();
            case Match.ByLabels(var labels) ->
                selector.setMatchLabels(MatchLabels.newBuilder().putAllLabels(labels))
                        .build();
        };
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
