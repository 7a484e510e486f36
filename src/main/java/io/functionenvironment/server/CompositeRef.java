package io.functionenvironment.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;

/** The composite that a request is about. Nothing else of a request is logged, because it may be secret. */
record CompositeRef(String namespace, String name) {
    /** The longest name that Kubernetes allows. */
    private static final int LONGEST = 253;

    static CompositeRef of(PackedRequest request) {
        var metadata = request.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault("metadata", Value.getDefaultInstance())
                .getStructValue();
        return new CompositeRef(text(metadata, "namespace"), text(metadata, "name"));
    }

    /** Without control characters, with which a name could forge log entries. */
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
