package io.functionenvironment.recorded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.List;

/** Removes secrets from a request, and metadata that no decision depends on. */
final class Sanitizer {
    private static final ByteString REDACTED = ByteString.copyFromUtf8("redacted");
    private static final List<String> IGNORED_METADATA = List.of("managedFields", "resourceVersion");

    private Sanitizer() {}

    static RunFunctionRequest sanitize(RunFunctionRequest request) {
        var sanitized = request.toBuilder().clearCredentials();
        sanitized.getMetaBuilder().clearTag();
        var observed = sanitized.getObservedBuilder();
        observed.setComposite(sanitize(observed.getComposite()));
        request.getObserved()
                .getResourcesMap()
                .forEach((name, resource) -> observed.putResources(name, sanitize(resource)));
        request.getRequiredResourcesMap()
                .forEach((name, resources) -> sanitized.putRequiredResources(name, sanitize(resources)));
        return sanitized.build();
    }

    private static Resources sanitize(Resources resources) {
        return Resources.newBuilder()
                .addAllItems(resources.getItemsList().stream()
                        .map(Sanitizer::sanitize)
                        .toList())
                .build();
    }

    private static Resource sanitize(Resource resource) {
        var sanitized = resource.toBuilder();
        resource.getConnectionDetailsMap().keySet().forEach(key -> sanitized.putConnectionDetails(key, REDACTED));
        var metadata = resource.getResource().getFieldsMap().get("metadata");
        if (metadata != null) {
            var kept = metadata.getStructValue().toBuilder();
            IGNORED_METADATA.forEach(kept::removeFields);
            sanitized.setResource(with(resource.getResource(), kept.build()));
        }
        return sanitized.build();
    }

    private static Struct with(Struct resource, Struct metadata) {
        return resource.toBuilder()
                .putFields(
                        "metadata", Value.newBuilder().setStructValue(metadata).build())
                .build();
    }
}
