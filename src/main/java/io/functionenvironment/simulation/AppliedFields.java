package io.functionenvironment.simulation;

import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * What field managers have applied to an object that was read from a real cluster: by its {@code metadata.managedFields}, and
 * without these, which kubectl hides, as far as the object itself shows it.
 */
final class AppliedFields {
    /** The field manager of the status of a composite. */
    static final String COMPOSITE = "apiextensions.crossplane.io/composite";

    private static final String COMPOSED = "apiextensions.crossplane.io/composed";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /** Of the kinds in these groups, all of the spec is desired, apart from what has a default. */
    private static final Set<String> GROUPS =
            Set.of("helm.m.crossplane.io", "kubernetes.m.crossplane.io", "protection.crossplane.io");

    private AppliedFields() {}

    /** The field manager of what a composite composes. */
    static String composedBy(Json composite) {
        return COMPOSED + "/" + Ref.of(composite);
    }

    /** What Crossplane applied of a composed resource. */
    static Json.Obj ofComposed(Json.Obj resource) {
        var shown = resource.items("metadata", "managedFields").stream()
                .filter(entry -> entry.text("manager")
                        .filter(name -> name.startsWith(COMPOSED))
                        .isPresent())
                .map(entry -> owned(resource, entry.object("fieldsV1")))
                .reduce(Merge::over);
        return shown.orElseGet(() -> assumed(resource));
    }

    /** What the author of a composite applied of it. Crossplane writes {@code spec.crossplane}. */
    static Json.Obj ofRequest(Json.Obj composite) {
        return composite
                .text("metadata", "annotations", LAST_APPLIED)
                .flatMap(AppliedFields::parsed)
                .orElseGet(() ->
                        JsonEdit.set(Json.Obj.EMPTY, JsonEdit.remove(composite.object("spec"), "crossplane"), "spec"));
    }

    private static Optional<Json.Obj> parsed(String text) {
        try {
            return Yaml.documents(text).stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .findFirst();
        } catch (InvalidYaml notOfKubectl) {
            return Optional.empty();
        }
    }

    /** What functions and providers write cannot be told apart, so annotations and labels count as desired if a function's group is in them. */
    private static Json.Obj assumed(Json.Obj resource) {
        var assumed = Json.Obj.EMPTY;
        for (var part : Set.of("annotations", "labels")) {
            var fields = new LinkedHashMap<String, Json>();
            resource.object("metadata", part).fields().forEach((key, value) -> {
                if (key.contains(".fn.crossplane.io/")) {
                    fields.put(key, value);
                }
            });
            assumed = JsonEdit.set(assumed, new Json.Obj(fields), "metadata", part);
        }
        var group = Ref.of(resource).apiVersion().replaceFirst("/.*", "");
        return GROUPS.contains(group)
                ? JsonEdit.set(assumed, Admission.withoutDefaults(resource).object("spec"), "spec")
                : assumed;
    }

    private static Json.Obj owned(Json.Obj object, Json.Obj fields) {
        var owned = new LinkedHashMap<String, Json>();
        object.fields()
                .forEach((key, value) -> fields.at("f:" + key)
                        .ifPresent(inner -> owned.put(
                                key,
                                value instanceof Json.Obj part
                                                && inner instanceof Json.Obj deeper
                                                && namesFields(deeper)
                                        ? owned(part, deeper)
                                        : value)));
        return new Json.Obj(owned);
    }

    private static boolean namesFields(Json.Obj fields) {
        return fields.fields().keySet().stream().anyMatch(key -> key.startsWith("f:"));
    }
}
