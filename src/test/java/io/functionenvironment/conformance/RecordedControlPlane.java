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
import java.util.TreeMap;

/** What the next request is after an answer, where Crossplane and the providers have done all that it says at once. */
final class RecordedControlPlane {
    private static final String KUBECONFIG = "kubeconfig";

    private RecordedControlPlane() {}

    /** What is desired exists and is ready; what is not no longer exists. */
    static RunFunctionRequest done(RunFunctionRequest request, RunFunctionResponse answer) {
        var next = said(request, answer).toBuilder();
        if (isFatal(answer)) {
            return next.build();
        }
        var observed = next.getObservedBuilder().clearResources();
        new TreeMap<>(answer.getDesired().getResourcesMap())
                .forEach((name, desired) -> observed.putResources(name, existing(request, name, desired)));
        return next.build();
    }

    /**
     * The composite says what the answer lets it say, all that is required was looked for, and what is no longer desired is
     * deleted. Nothing else happened.
     */
    static RunFunctionRequest said(RunFunctionRequest request, RunFunctionResponse answer) {
        var next = lookedFor(request, answer).toBuilder();
        if (!isFatal(answer)) {
            var desired = answer.getDesired().getResourcesMap();
            for (var name : request.getObserved().getResourcesMap().keySet()) {
                if (!desired.containsKey(name)) {
                    next.getObservedBuilder().removeResources(name);
                }
            }
        }
        var composite = next.getObservedBuilder().getCompositeBuilder();
        var status = object(composite.getResource(), "status").toBuilder();
        if (!isFatal(answer)) {
            status.putAllFields(object(answer.getDesired().getComposite().getResource(), "status")
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
        answer.getConditionsList()
                .forEach(said -> conditions.put(
                        said.getType(), condition(said.getType(), word(said), said.getReason(), said.getMessage())));
        if (!conditions.isEmpty()) {
            status.putFields("conditions", list(conditions.values()));
        }
        composite.getResourceBuilder().putFields("status", value(status.build()));
        return next.build();
    }

    /** Crossplane has looked for all that is required, and found nothing that it had not found before. */
    @SuppressWarnings("deprecation") // Functions may know the older of the two fields only.
    static RunFunctionRequest lookedFor(RunFunctionRequest request, RunFunctionResponse answer) {
        var next = request.toBuilder();
        for (var name : new TreeMap<>(answer.getRequirements().getResourcesMap()).keySet()) {
            if (!request.containsRequiredResources(name)) {
                next.putRequiredResources(name, Resources.getDefaultInstance());
            }
        }
        for (var name : new TreeMap<>(answer.getRequirements().getExtraResourcesMap()).keySet()) {
            if (!request.containsExtraResources(name)) {
                next.putExtraResources(name, Resources.getDefaultInstance());
            }
        }
        return next.build();
    }

    static boolean isFatal(RunFunctionResponse answer) {
        return answer.getResultsList().stream().anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
    }

    private static Resource existing(RunFunctionRequest request, String name, Resource desired) {
        var body = desired.getResource().toBuilder();
        var was = request.getObserved()
                .getResourcesOrDefault(name, Resource.getDefaultInstance())
                .getResource();
        var metadata = object(was, "metadata").toBuilder();
        metadata.putAllFields(object(body.build(), "metadata").getFieldsMap());
        var annotations = object(metadata.build(), "annotations").toBuilder();
        annotations.putFields("crossplane.io/composition-resource-name", Samples.text(name));
        metadata.putFields("annotations", value(annotations.build()));
        if (!metadata.containsFields("name")) {
            metadata.putFields("name", Samples.text("sample-" + Integer.toHexString(name.hashCode())));
        }
        metadata.putFields("creationTimestamp", Samples.text("2026-01-01T00:00:00Z"));
        body.putFields("metadata", value(metadata.build()));
        var status = object(was, "status").toBuilder();
        status.putFields(
                "conditions",
                list(java.util.List.of(
                        condition("Ready", "True", "Available", ""),
                        condition("Synced", "True", "ReconcileSuccess", ""))));
        body.putFields("status", value(status.build()));
        var resource = Resource.newBuilder().setResource(body);
        if (object(body.build(), "spec").containsFields("writeConnectionSecretToRef")) {
            resource.putConnectionDetails(KUBECONFIG, ByteString.copyFromUtf8("secret"));
        }
        return resource.build();
    }

    private static Value condition(String type, String status, String reason, String message) {
        return value(Struct.newBuilder()
                .putFields("type", Samples.text(type))
                .putFields("status", Samples.text(status))
                .putFields("reason", Samples.text(reason))
                .putFields("message", Samples.text(message))
                .putFields("lastTransitionTime", Samples.text("2026-01-01T00:00:00Z"))
                .build());
    }

    private static String word(Condition condition) {
        return switch (condition.getStatus()) {
            case STATUS_CONDITION_TRUE -> "True";
            case STATUS_CONDITION_FALSE -> "False";
            default -> "Unknown";
        };
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
