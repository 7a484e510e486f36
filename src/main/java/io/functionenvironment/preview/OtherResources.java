package io.functionenvironment.preview;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.Registry;
import io.functionenvironment.api.app.ResourceValue;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.JsonEdit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of the host cluster that apps have values of, with the definitions of their kinds. */
record OtherResources(PreviewRequest request) {

    /** What exists before the Environment. */
    List<Json.Obj> all() {
        return Stream.concat(resources(), definitions()).toList();
    }

    private String namespace() {
        return request.environment().text("metadata", "namespace").orElse("");
    }

    /** Those that an Environment can refer to. */
    private Stream<Json.Obj> resources() {
        return request.resources().stream()
                .filter(found ->
                        found.text("metadata", "namespace").orElse(namespace()).equals(namespace()))
                .map(found -> Gvk.of(found).equals(CrossplaneCore.DEFINITION)
                        ? found
                        : JsonEdit.set(found, namespace(), "metadata", "namespace"));
    }

    /** A definition for each that the platform allows, of the kind that is given or requested and has most of its name. */
    private Stream<Json.Obj> definitions() {
        var types = Stream.concat(
                        request.resources().stream().map(Gvk::of),
                        Registry.SHIPPED.readFile(request.environment(), new FieldErrors()).stream()
                                .flatMap(environment -> environment.apps().stream())
                                .flatMap(app -> app.resourceValues().stream())
                                .map(OtherResources::type))
                .distinct()
                .toList();
        return Rules.of(request.input(), request.config()).settings().in(namespace()).limits().valueSources().stream()
                .flatMap(name -> definition(name, types).stream());
    }

    private static Gvk type(ResourceValue value) {
        return new Gvk(value.apiVersion(), value.kind());
    }

    private static Optional<Json.Obj> definition(String name, List<Gvk> types) {
        var plural = name.substring(0, name.indexOf('.'));
        var group = name.substring(plural.length() + 1);
        var own = types.stream().filter(type -> type.group().equals(group)).toList();
        return own.stream()
                .map(Gvk::kind)
                .max(Comparator.<String>comparingInt(kind -> common(plural, kind.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.reverseOrder()))
                .map(kind -> obj(
                        field("apiVersion", CrossplaneCore.DEFINITION.apiVersion()),
                        field("kind", CrossplaneCore.DEFINITION.kind()),
                        field("metadata", obj(field("name", name))),
                        field(
                                "spec",
                                obj(
                                        field("group", group),
                                        field("names", obj(field("kind", kind), field("plural", plural))),
                                        field("scope", "Namespaced"),
                                        field(
                                                "versions",
                                                own.stream()
                                                        .filter(type ->
                                                                type.kind().equals(kind))
                                                        .map(OtherResources::version)
                                                        .toList()))),
                        field("status", obj(field("conditions", List.of(ESTABLISHED))))));
    }

    private static final Json.Obj ESTABLISHED =
            obj(field("type", "Established"), field("status", "True"), field("reason", "WatchingCompositeResource"));

    private static Json.Obj version(Gvk type) {
        var apiVersion = type.apiVersion();
        return obj(field("name", apiVersion.substring(apiVersion.indexOf('/') + 1)), field("served", true));
    }

    /** The length of the common beginning. */
    private static int common(String one, String other) {
        var length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
