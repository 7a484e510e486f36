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
import java.util.Optional;
import java.util.regex.Pattern;

/** A composed resource as Crossplane applies it: under a name, with the marks by which it is found again. */
final class Composed {
    static final String COMPOSITE = "crossplane.io/composite";
    static final String RESOURCE = "crossplane.io/composition-resource-name";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Composed() {}

    /** @throws ApiError if there cannot be such a resource, which ends the whole pass */
    static Json.Obj body(Json.Obj composite, String key, Json.Obj wanted, Optional<Json.Obj> observed) {
        var ref = Ref.of(composite);
        var kind = wanted.text("kind").orElse("");
        if (!ref.namespace().isEmpty() && Ref.clusterScoped(kind)) {
            throw new ApiError("cannot apply cluster scoped composed resource \"" + key + "\" (a " + kind
                    + ") for a namespaced composite resource");
        }
        var name = observed.map(object -> Ref.of(object).name())
                .or(() -> wanted.text("metadata", "name"))
                .orElseGet(() -> generated(composite, key));
        if (!NAME.matcher(name).matches()) {
            throw new ApiError("composed resource \"" + key + "\" has an invalid name \"" + name + "\"");
        }
        var marks = obj(
                field("name", name),
                text("namespace", Optional.of(ref.namespace()).filter(namespace -> !namespace.isEmpty())),
                field("labels", obj(field(COMPOSITE, label(composite)))),
                field("annotations", obj(field(RESOURCE, key))),
                field("ownerReferences", arr(Secrets.ownerOf(composite, ref))));
        var metadata = Apply.over(wanted.object("metadata"), Json.Obj.EMPTY, marks, java.util.List.of());
        return JsonEdit.set(JsonEdit.remove(wanted, "status"), metadata, "metadata");
    }

    static String label(Json.Obj composite) {
        return composite
                .text("metadata", "labels", COMPOSITE)
                .orElse(Ref.of(composite).name());
    }

    private static String generated(Json.Obj composite, String key) {
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
