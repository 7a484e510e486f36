package io.functionenvironment.recorded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.List;

/** Takes out of a request what must not be written down, and what nobody decides by. */
final class Cleaning {
    private static final ByteString REDACTED = ByteString.copyFromUtf8("redacted");
    private static final List<String> NOISE = List.of("managedFields", "resourceVersion");

    private Cleaning() {}

    static RunFunctionRequest clean(RunFunctionRequest request) {
        var clean = request.toBuilder().clearCredentials();
        clean.getMetaBuilder().clearTag();
        var observed = clean.getObservedBuilder();
        observed.setComposite(clean(observed.getComposite()));
        request.getObserved()
                .getResourcesMap()
                .forEach((name, resource) -> observed.putResources(name, clean(resource)));
        request.getRequiredResourcesMap()
                .forEach((name, resources) -> clean.putRequiredResources(name, clean(resources)));
        return clean.build();
    }

    private static Resources clean(Resources resources) {
        return Resources.newBuilder()
                .addAllItems(
                        resources.getItemsList().stream().map(Cleaning::clean).toList())
                .build();
    }

    private static Resource clean(Resource resource) {
        var clean = resource.toBuilder();
        resource.getConnectionDetailsMap().keySet().forEach(key -> clean.putConnectionDetails(key, REDACTED));
        var metadata = resource.getResource().getFieldsMap().get("metadata");
        if (metadata != null) {
            var kept = metadata.getStructValue().toBuilder();
            NOISE.forEach(kept::removeFields);
            clean.setResource(with(resource.getResource(), kept.build()));
        }
        return clean.build();
    }

    private static Struct with(Struct resource, Struct metadata) {
        return resource.toBuilder()
                .putFields(
                        "metadata", Value.newBuilder().setStructValue(metadata).build())
                .build();
    }
}
