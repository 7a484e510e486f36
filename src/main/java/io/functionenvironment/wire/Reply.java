package io.functionenvironment.wire;

import com.google.protobuf.Duration;
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
import io.functionenvironment.tree.Merge;
import io.functionenvironment.tree.Tree;
import java.util.Map;

/** An answer. It begins with all that the request says others desire, and only adds to that. */
public final class Reply {
    private final RunFunctionRequest request;
    private final RunFunctionResponse.Builder response;
    private final State.Builder desired;

    private Reply(RunFunctionRequest request) {
        this.request = request;
        this.desired = request.getDesired().toBuilder();
        this.response = RunFunctionResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()));
        if (request.hasContext()) {
            response.setContext(request.getContext());
        }
    }

    public static Reply to(Request request) {
        return new Reply(request.message());
    }

    public Reply ttl(java.time.Duration ttl) {
        response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(ttl.toSeconds()));
        return this;
    }

    public Reply resource(String name, Tree.Obj body, boolean ready) {
        desired.putResources(
                name,
                Resource.newBuilder()
                        .setResource(Structs.struct(body))
                        .setReady(ready ? Ready.READY_TRUE : Ready.READY_FALSE)
                        .build());
        return this;
    }

    /**
     * The composite's status, laid over what earlier steps say of it.
     *
     * @param ready if not, the composite is not ready whatever its resources say: some may not even be desired yet
     */
    public Reply status(Tree.Obj status, boolean ready) {
        var composite = desired.getCompositeBuilder();
        var body = Structs.tree(composite.getResource());
        var seen = Structs.tree(request.getObserved().getComposite().getResource());
        var named = Tree.obj("apiVersion", seen.at("apiVersion"), "kind", seen.at("kind"));
        var merged = Merge.over(Merge.over(body, named), Tree.obj("status", status));
        composite.setResource(Structs.struct(merged));
        if (!ready) {
            composite.setReady(Ready.READY_FALSE);
        }
        return this;
    }

    public Reply condition(String type, String status, String reason, String message) {
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

    public Reply event(boolean warning, String reason, String message) {
        return result(warning ? Severity.SEVERITY_WARNING : Severity.SEVERITY_NORMAL, reason, message);
    }

    /** Stops the pipeline: Crossplane changes nothing. */
    public Reply fatal(String message) {
        return result(Severity.SEVERITY_FATAL, "EnvironmentNotAccepted", message);
    }

    /** Asks Crossplane for resources by their labels; they come with a further call of the same request. */
    public Reply require(String name, String apiVersion, String kind, String namespace, Map<String, String> labels) {
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

    private Reply result(Severity severity, String reason, String message) {
        response.addResults(Result.newBuilder()
                .setSeverity(severity)
                .setReason(reason)
                .setMessage(message)
                .setTarget(Target.TARGET_COMPOSITE));
        return this;
    }
}
