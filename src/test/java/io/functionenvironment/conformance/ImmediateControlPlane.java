package io.functionenvironment.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import java.util.List;
import java.util.TreeMap;

/**
 * A fake of Crossplane and its providers for any function: from a request and its response it makes the next request, as if
 * everything desired existed and were ready at once. How states really follow each other is for the simulation.
 */
public final class ImmediateControlPlane {
    private static final String KUBECONFIG = "kubeconfig";
    private static final String CREATED = "2026-01-01T00:00:00Z";

    private ImmediateControlPlane() {}

    /** Everything desired exists and is ready, and nothing else exists. After a fatal result nothing has changed. */
    public static RunFunctionRequest afterApply(RunFunctionRequest request, RunFunctionResponse response) {
        var next = afterStatus(request, response).toBuilder();
        if (isFatal(response)) {
            return next.build();
        }
        var observed = next.getObservedBuilder().clearResources();
        new TreeMap<>(response.getDesired().getResourcesMap())
                .forEach((name, desired) -> observed.putResources(name, ready(request, name, desired)));
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

    /** A composed resource as Crossplane applies it and its provider reports it, with the status that it had before. */
    private static Resource ready(RunFunctionRequest request, String name, Resource desired) {
        var body = desired.getResource().toBuilder();
        var observed = request.getObserved()
                .getResourcesOrDefault(name, Resource.getDefaultInstance())
                .getResource();
        body.putFields("metadata", value(metadata(request, name, observed, body.build())));
        var status = object(observed, "status").toBuilder();
        status.putFields(
                "conditions",
                list(List.of(
                        condition("Ready", "True", "Available", ""),
                        condition("Synced", "True", "ReconcileSuccess", ""))));
        body.putFields("status", value(status.build()));
        var resource = Resource.newBuilder().setResource(body);
        if (object(body.build(), "spec").containsFields("writeConnectionSecretToRef")) {
            resource.putConnectionDetails(KUBECONFIG, ByteString.copyFromUtf8("secret"));
        }
        return resource.build();
    }

    private static Struct metadata(RunFunctionRequest request, String name, Struct observed, Struct desired) {
        var composite = request.getObserved().getComposite().getResource();
        var metadata = object(observed, "metadata").toBuilder();
        metadata.putAllFields(object(desired, "metadata").getFieldsMap());
        var annotations = object(metadata.build(), "annotations").toBuilder();
        annotations.putFields("crossplane.io/composition-resource-name", SampleRequests.text(name));
        metadata.putFields("annotations", value(annotations.build()));
        if (!metadata.containsFields("name")) {
            var prefix = text(object(composite, "metadata"), "name");
            metadata.putFields("name", SampleRequests.text(prefix + "-" + Integer.toHexString(name.hashCode())));
        }
        metadata.putFields("creationTimestamp", SampleRequests.text(CREATED));
        metadata.putFields("ownerReferences", list(List.of(controllerReference(composite))));
        return metadata.build();
    }

    private static Value controllerReference(Struct composite) {
        var metadata = object(composite, "metadata");
        var yes = Value.newBuilder().setBoolValue(true).build();
        return value(Struct.newBuilder()
                .putFields("apiVersion", SampleRequests.text(text(composite, "apiVersion")))
                .putFields("kind", SampleRequests.text(text(composite, "kind")))
                .putFields("name", SampleRequests.text(text(metadata, "name")))
                .putFields("uid", SampleRequests.text(text(metadata, "uid")))
                .putFields("controller", yes)
                .putFields("blockOwnerDeletion", yes)
                .build());
    }

    private static Value condition(Condition condition) {
        var status = switch (condition.getStatus()) {
            case STATUS_CONDITION_TRUE -> "True";
            case STATUS_CONDITION_FALSE -> "False";
            default -> "Unknown";
        };
        return condition(condition.getType(), status, condition.getReason(), condition.getMessage());
    }

    private static Value condition(String type, String status, String reason, String message) {
        return value(Struct.newBuilder()
                .putFields("type", SampleRequests.text(type))
                .putFields("status", SampleRequests.text(status))
                .putFields("reason", SampleRequests.text(reason))
                .putFields("message", SampleRequests.text(message))
                .putFields("lastTransitionTime", SampleRequests.text(CREATED))
                .build());
    }

    private static String text(Struct body, String key) {
        return body.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    static Struct object(Struct body, String key) {
        return body.getFieldsOrDefault(key, Value.getDefaultInstance()).getStructValue();
    }

    private static Value value(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    private static Value list(Iterable<Value> values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(values))
                .build();
    }
}
