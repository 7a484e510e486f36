package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A composed resource as Crossplane applies it: with its name, label, annotation and controller reference. */
final class ComposedResource {
    static final String COMPOSITE_LABEL = "crossplane.io/composite";
    static final String NAME_ANNOTATION = "crossplane.io/composition-resource-name";
    private static final Pattern VALID_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private ComposedResource() {}

    /** @throws ApiError if the resource cannot be composed, which fails the whole composition */
    static Json.Obj render(Json.Obj composite, String key, Json.Obj desired, Optional<Json.Obj> observed) {
        var ref = Ref.of(composite);
        var kind = desired.text("kind").orElse("");
        if (!ref.namespace().isEmpty() && Ref.isClusterScoped(kind)) {
            throw new ApiError("cannot apply cluster scoped composed resource \"" + key + "\" (a " + kind
                    + ") for a namespaced composite resource");
        }
        var name = observed.map(object -> Ref.of(object).name())
                .or(() -> desired.text("metadata", "name"))
                .orElseGet(() -> generatedName(composite, key));
        if (!VALID_NAME.matcher(name).matches()) {
            throw new ApiError("composed resource \"" + key + "\" has an invalid name \"" + name + "\"");
        }
        var added = obj(
                field("name", name),
                text("namespace", Optional.of(ref.namespace()).filter(namespace -> !namespace.isEmpty())),
                field("labels", obj(field(COMPOSITE_LABEL, label(composite)))),
                field("annotations", obj(field(NAME_ANNOTATION, key))),
                field("ownerReferences", arr(Manifests.controllerReference(composite))));
        var metadata = ServerSideApply.apply(desired.object("metadata"), Json.Obj.EMPTY, added, List.of());
        return JsonEdit.set(JsonEdit.remove(desired, "status"), metadata, "metadata");
    }

    static Optional<String> controllerUid(Json.Obj object) {
        return object.items("metadata", "ownerReferences").stream()
                .filter(owner -> owner.isTrue("controller"))
                .flatMap(owner -> owner.text("uid").stream())
                .findFirst();
    }

    static String label(Json.Obj composite) {
        return composite
                .text("metadata", "labels", COMPOSITE_LABEL)
                .orElse(Ref.of(composite).name());
    }

    private static String generatedName(Json.Obj composite, String key) {
        var uid = composite.text("metadata", "uid").orElse("");
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest((uid + key).getBytes(StandardCharsets.UTF_8));
            var prefix = label(composite) + "-";
            return prefix.substring(0, Math.min(prefix.length(), 63 - 12))
                    + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
