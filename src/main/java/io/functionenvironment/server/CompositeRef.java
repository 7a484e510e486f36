package io.functionenvironment.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;

/**
 * Which composite resource a request is about: all of a request that may be logged, since anything else in it may be
 * somebody's secret.
 */
record CompositeRef(String namespace, String name) {
    /** What Kubernetes allows. */
    private static final int LONGEST = 253;

    static CompositeRef of(PackedRequest request) {
        var metadata = request.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault("metadata", Value.getDefaultInstance())
                .getStructValue();
        return new CompositeRef(text(metadata, "namespace"), text(metadata, "name"));
    }

    /** Without control characters, or a name could forge lines of the log. */
    private static String text(Struct metadata, String key) {
        return metadata.getFieldsOrDefault(key, Value.getDefaultInstance())
                .getStringValue()
                .replaceAll("\\p{Cntrl}", "?")
                .transform(text -> text.substring(0, Math.min(text.length(), LONGEST)));
    }

    @Override
    public String toString() {
        var shown = name.isEmpty() ? "(no name)" : name;
        return namespace.isEmpty() ? shown : namespace + "/" + shown;
    }
}
