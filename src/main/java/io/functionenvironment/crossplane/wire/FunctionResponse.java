package io.functionenvironment.crossplane.wire;

import com.google.protobuf.Duration;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.MatchLabels;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.State;
import io.functionenvironment.proto.v1.Status;
import io.functionenvironment.proto.v1.Target;
import java.util.Map;

/** An answer. It begins with all that the request says others desire, and only adds to that. */
public final class FunctionResponse {
    private final RunFunctionRequest request;
    private final RunFunctionResponse.Builder response;
    private final State.Builder desired;

    private FunctionResponse(RunFunctionRequest request) {
        this.request = request;
        this.desired = request.getDesired().toBuilder();
        this.response = RunFunctionResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()));
        if (request.hasContext()) {
            response.setContext(request.getContext());
        }
    }

    public static FunctionResponse to(FunctionRequest request) {
        return new FunctionResponse(request.message());
    }

    public FunctionResponse ttl(java.time.Duration ttl) {
        response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(ttl.toSeconds()));
        return this;
    }

    public FunctionResponse resource(String name, Json.Obj body, boolean ready) {
        desired.putResources(
                name,
                Resource.newBuilder()
                        .setResource(StructCodec.struct(body))
                        .setReady(ready ? Ready.READY_TRUE : Ready.READY_FALSE)
                        .build());
        return this;
    }

    /**
     * The composite's status, laid over what earlier steps say of it.
     *
     * @param ready if not, the composite is not ready whatever its resources say: some may not even be desired yet
     */
    public FunctionResponse status(Json.Obj status, boolean ready) {
        var composite = desired.getCompositeBuilder();
        var body = StructCodec.tree(composite.getResource());
        var seen = StructCodec.tree(request.getObserved().getComposite().getResource());
        var named = Json.obj(Json.field("apiVersion", seen.at("apiVersion")), Json.field("kind", seen.at("kind")));
        var merged = Merge.over(Merge.over(body, named), Json.obj(Json.field("status", status)));
        composite.setResource(StructCodec.struct(merged));
        if (!ready) {
            composite.setReady(Ready.READY_FALSE);
        }
        return this;
    }

    public FunctionResponse condition(String type, String status, String reason, String message) {
        response.addConditions(Condition.newBuilder()
                .setType(type)
                .setStatus(
                        switch (status) {
                            case "True" -> Status.STATUS_CONDITION_TRUE;
                            case "False" -> Status.STATUS_CONDITION_FALSE;
                            default -> Status.STATUS_CONDITION_UNKNOWN;
                        })
                .setReason(reason)
                .setMessage(message)
                .setTarget(Target.TARGET_COMPOSITE));
        return this;
    }

    public FunctionResponse event(boolean warning, String reason, String message) {
        return result(warning ? Severity.SEVERITY_WARNING : Severity.SEVERITY_NORMAL, reason, message);
    }

    /** Stops the pipeline: Crossplane changes nothing. */
    public FunctionResponse fatal(String message) {
        return result(Severity.SEVERITY_FATAL, "EnvironmentNotAccepted", message);
    }

    /** Asks Crossplane for resources by their labels; they come with a further call of the same request. */
    public FunctionResponse require(
            String name, String apiVersion, String kind, String namespace, Map<String, String> labels) {
        var selector = ResourceSelector.newBuilder()
                .setApiVersion(apiVersion)
                .setKind(kind)
                .setNamespace(namespace)
                .setMatchLabels(MatchLabels.newBuilder().putAllLabels(labels))
                .build();
        response.getRequirementsBuilder().putResources(name, selector);
        return this;
    }

    public RunFunctionResponse message() {
        return response.setDesired(desired).build();
    }

    private FunctionResponse result(Severity severity, String reason, String message) {
        response.addResults(Result.newBuilder()
                .setSeverity(severity)
                .setReason(reason)
                .setMessage(message)
                .setTarget(Target.TARGET_COMPOSITE));
        return this;
    }
}
