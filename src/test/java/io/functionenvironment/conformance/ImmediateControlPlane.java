package io.functionenvironment.conformance;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A fake of Crossplane and its providers for any function: from a request and its response it makes the next request, as if
 * everything desired existed and were ready at once. How states really follow each other is for the simulation.
 */
public final class ImmediateControlPlane {
    private ImmediateControlPlane() {}

    /** Everything desired exists and is ready, and nothing else exists. After a fatal result nothing has changed. */
    public static RunFunctionRequest afterApply(RunFunctionRequest request, RunFunctionResponse response) {
        return afterApply(request, response, body -> false);
    }

    /**
     * Likewise.
     *
     * @param absent the managed resources that observe something that does not exist
     */
    public static RunFunctionRequest afterApply(
            RunFunctionRequest request, RunFunctionResponse response, Predicate<Struct> absent) {
        var next = afterStatus(request, response).toBuilder();
        if (isFatal(response)) {
            return next.build();
        }
        var observed = next.getObservedBuilder().clearResources();
        new TreeMap<>(response.getDesired().getResourcesMap())
                .forEach((name, desired) ->
                        observed.putResources(name, AppliedResource.of(request, name, desired.getResource(), absent)));
        return next.build();
    }

    /** The status and the conditions of the composite are written, and undesired resources deleted; none was applied yet. */
    public static RunFunctionRequest afterStatus(RunFunctionRequest request, RunFunctionResponse response) {
        var next = afterFetch(request, response).toBuilder();
        if (!isFatal(response)) {
            var desired = response.getDesired().getResourcesMap();
            for (var name : request.getObserved().getResourcesMap().keySet()) {
                if (!desired.containsKey(name)) {
                    next.getObservedBuilder().removeResources(name);
                }
            }
        }
        var composite = next.getObservedBuilder().getCompositeBuilder();
        var status = object(composite.getResource(), "status").toBuilder();
        if (!isFatal(response)) {
            status.putAllFields(object(response.getDesired().getComposite().getResource(), "status")
                    .getFieldsMap());
        }
        var conditions = new TreeMap<String, Value>();
        status.getFieldsOrDefault("conditions", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()
                .forEach(old -> conditions.put(
                        old.getStructValue()
                                .getFieldsOrDefault("type", Value.getDefaultInstance())
                                .getStringValue(),
                        old));
        response.getConditionsList().forEach(each -> conditions.put(each.getType(), condition(each)));
        if (!conditions.isEmpty()) {
            status.putFields("conditions", list(conditions.values()));
        }
        composite.getResourceBuilder().putFields("status", value(status.build()));
        return next.build();
    }

    /** The required resources were fetched; those that the request does not have already do not exist. */
    @SuppressWarnings("deprecation") // Some functions use the deprecated field only.
    public static RunFunctionRequest afterFetch(RunFunctionRequest request, RunFunctionResponse response) {
        var next = request.toBuilder();
        for (var name : new TreeMap<>(response.getRequirements().getResourcesMap()).keySet()) {
            if (!request.containsRequiredResources(name)) {
                next.putRequiredResources(name, Resources.getDefaultInstance());
            }
        }
        for (var name : new TreeMap<>(response.getRequirements().getExtraResourcesMap()).keySet()) {
            if (!request.containsExtraResources(name)) {
                next.putExtraResources(name, Resources.getDefaultInstance());
            }
        }
        return next.build();
    }

    static boolean isFatal(RunFunctionResponse response) {
        return response.getResultsList().stream().anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
    }

    private static Value condition(Condition condition) {
        var status = switch (condition.getStatus()) {
            case STATUS_CONDITION_TRUE -> "True";
            case STATUS_CONDITION_FALSE -> "False";
            default -> "Unknown";
        };
        return AppliedResource.condition(condition.getType(), status, condition.getReason(), condition.getMessage());
    }

    static Struct object(Struct body, String key) {
        return body.getFieldsOrDefault(key, Value.getDefaultInstance()).getStructValue();
    }

    static Value value(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    static Value list(Iterable<Value> values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(values))
                .build();
    }
}
