package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.Locale;
import java.util.Set;

/** Checks in a file what the API server refuses of every object, so that no cluster ever shows it to the function. */
final class MetadataReader {
    private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final Set<String> FIELDS = Set.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "labels",
            "managedFields",
            "name",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");
    private static final int MOST_FINALIZERS = 1000;

    private MetadataReader() {}

    /** Reports the errors of an object as a whole and of its metadata, without those of its name and namespace. */
    static void check(FieldReader object) {
        object.only(ROOT);
        var metadata = object.field("metadata");
        refuseUnknown(metadata);
        metadata.field("generateName").text();
        metadata.field("labels").entries().forEach((key, value) -> {
            refuseKey(metadata.field("labels"), key, key);
            value.text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED);
        });
        metadata.field("annotations").entries().forEach((key, value) -> {
            refuseKey(metadata.field("annotations"), key, key.toLowerCase(Locale.ROOT));
            value.text();
        });
        metadata.field("finalizers").items(MOST_FINALIZERS).forEach(FieldReader::text);
    }

    /** The known fields are too many to be listed. */
    private static void refuseUnknown(FieldReader metadata) {
        metadata.entries().forEach((key, field) -> {
            if (!FIELDS.contains(key)) {
                field.error("is an unknown field; metadata has name, namespace, labels and annotations");
            }
        });
    }

    private static void refuseKey(FieldReader at, String key, String comparable) {
        if (!LabelFormat.KEY.matcher(comparable).matches()) {
            at.error("has the key " + Redaction.of(key) + "; must have valid keys, " + LabelFormat.KEY_ALLOWED);
        }
    }
}
