package io.functionenvironment.server.logging;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;

/**
 * The composite resource of a request. This is the only part of a request that may be logged: everything else may be
 * confidential.
 *
 * @param namespace empty if the request has none
 * @param name empty if the request has none
 */
record CompositeRef(String namespace, String name) {
    /** The longest name that Kubernetes allows. */
    private static final int MAX_LENGTH = 253;

    static CompositeRef of(PackedRequest request) {
        var metadata = request.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault("metadata", Value.getDefaultInstance())
                .getStructValue();
        return new CompositeRef(text(metadata, "namespace"), text(metadata, "name"));
    }

    /** Replaces control characters, so that a name cannot forge log lines. */
    private static String text(Struct metadata, String key) {
        return metadata.getFieldsOrDefault(key, Value.getDefaultInstance())
                .getStringValue()
                .replaceAll("\\p{Cntrl}", "?")
                .transform(text -> text.substring(0, Math.min(text.length(), MAX_LENGTH)));
    }
}
