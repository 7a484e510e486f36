package io.functionenvironment.conformance;

import static io.functionenvironment.conformance.ImmediateControlPlane.list;
import static io.functionenvironment.conformance.ImmediateControlPlane.object;
import static io.functionenvironment.conformance.ImmediateControlPlane.value;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.List;
import java.util.function.Predicate;

/** A composed resource after Crossplane has applied it and its provider has reported it. */
final class AppliedResource {
    private static final String KUBECONFIG = "kubeconfig";
    private static final String CREATED = "2026-01-01T00:00:00Z";

    private AppliedResource() {}

    /** With the status that it had before. */
    static Resource of(RunFunctionRequest request, String name, Struct desired, Predicate<Struct> absent) {
        var observed = request.getObserved()
                .getResourcesOrDefault(name, Resource.getDefaultInstance())
                .getResource();
        var exists = !absent.test(desired);
        var metadata = metadata(request, name, observed, desired);
        var body = desired.toBuilder()
                .putFields("metadata", value(exists ? withCreation(metadata, object(desired, "spec")) : metadata));
        var status = object(observed, "status").toBuilder();
        if (!exists) {
            var message = "observe failed: external resource does not exist";
            status.putFields("conditions", list(List.of(condition("Synced", "False", "ReconcileError", message))));
        } else {
            status.putFields(
                    "conditions",
                    list(List.of(
                            condition("Ready", "True", "Available", ""),
                            condition("Synced", "True", "ReconcileSuccess", ""))));
            status.putAllFields(atProvider(name, desired).getFieldsMap());
        }
        if (!text(desired, "kind").equals("ProviderConfig")) {
            body.putFields("status", value(status.build()));
        }
        var resource = Resource.newBuilder().setResource(body);
        if (object(desired, "spec").containsFields("writeConnectionSecretToRef")) {
            resource.putConnectionDetails(KUBECONFIG, ByteString.copyFromUtf8("secret"));
        }
        return resource.build();
    }

    /** What providers report of the external resource. */
    private static Struct atProvider(String name, Struct desired) {
        var parameters = object(object(desired, "spec"), "forProvider");
        var atProvider = Struct.newBuilder();
        if (text(desired, "apiVersion").contains(".aws.m.upbound.io/")) {
            var external = text(object(object(desired, "metadata"), "annotations"), "crossplane.io/external-name");
            atProvider.putFields("id", SampleRequests.text(external.isEmpty() ? name + "-0a1b2c3d" : external));
            atProvider.putFields("arn", SampleRequests.text("arn:aws:iam::123456789012:role/" + external));
        }
        if (parameters.containsFields("chart")) {
            atProvider.putFields("revision", SampleRequests.number(1));
        }
        if (parameters.containsFields("manifest")) {
            atProvider.putFields("manifest", value(object(parameters, "manifest")));
        }
        return atProvider.getFieldsCount() == 0
                ? Struct.getDefaultInstance()
                : Struct.newBuilder()
                        .putFields("atProvider", value(atProvider.build()))
                        .build();
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
        if (object(composite, "metadata").containsFields("namespace")) {
            metadata.putFields("namespace", SampleRequests.text(text(object(composite, "metadata"), "namespace")));
        }
        metadata.putFields("creationTimestamp", SampleRequests.text(CREATED));
        metadata.putFields("ownerReferences", list(List.of(controllerReference(composite))));
        return metadata.build();
    }

    /** A provider annotates the creation of an external resource. */
    private static Struct withCreation(Struct metadata, Struct spec) {
        if (!spec.containsFields("forProvider")) {
            return metadata;
        }
        var annotations = object(metadata, "annotations").toBuilder();
        for (var phase : List.of("pending", "succeeded")) {
            var key = "crossplane.io/external-create-" + phase;
            if (!annotations.containsFields(key)) {
                annotations.putFields(key, SampleRequests.text(CREATED));
            }
        }
        return metadata.toBuilder()
                .putFields("annotations", value(annotations.build()))
                .build();
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

    static Value condition(String type, String status, String reason, String message) {
        var condition = Struct.newBuilder()
                .putFields("type", SampleRequests.text(type))
                .putFields("status", SampleRequests.text(status))
                .putFields("reason", SampleRequests.text(reason))
                .putFields("lastTransitionTime", SampleRequests.text(CREATED));
        if (!message.isEmpty()) {
            condition.putFields("message", SampleRequests.text(message));
        }
        return value(condition.build());
    }

    private static String text(Struct body, String key) {
        return body.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }
}
