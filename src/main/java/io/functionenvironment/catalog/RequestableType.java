package io.functionenvironment.catalog;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A type that teams can create, as a CompositeResourceDefinition of Crossplane defines it.
 *
 * @param plural the name of the type in the API, such as environments
 * @param namespaced whether its objects are in a namespace
 * @param names that kubectl accepts, such as env
 * @param schema of a whole object, in the form of CustomResourceDefinitions
 * @param columns of kubectl get, beside those that Crossplane adds
 * @param crossplaneFields the fields below spec that Crossplane adds to those of the schema
 */
public record RequestableType(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        List<String> names,
        List<String> categories,
        Json.Obj schema,
        List<Json> columns,
        List<String> crossplaneFields) {
    static final String KIND = "CompositeResourceDefinition";

    private static final int LONGEST = 253;

    private record Form(Pattern pattern, String words) {}

    private static final Form GROUP = new Form(
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*+"),
            "lower-case letters, digits and '-', with '.' between, like platform.internal");
    private static final Form LABEL =
            new Form(Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?"), "lower-case letters, digits and '-'");
    private static final Form TYPE =
            new Form(Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}"), "letters and digits, like Environment");

    /** What Crossplane 2 adds to the schema of a composite resource. */
    private static final List<String> OF_COMPOSITES = List.of("crossplane");

    /** What Crossplane adds to the schema of a claim, and of a composite resource with the scope LegacyCluster. */
    private static final List<String> OF_CLAIMS = List.of(
            "compositionRef",
            "compositionSelector",
            "compositionRevisionRef",
            "compositionRevisionSelector",
            "compositionUpdatePolicy",
            "compositeDeletePolicy",
            "publishConnectionDetailsTo",
            "resourceRef",
            "writeConnectionSecretToRef");

    /** Whether a document defines a type. */
    public static boolean isDefinedBy(Json document) {
        return document.text("kind").filter(KIND::equals).isPresent()
                && document.text("apiVersion").orElse("").startsWith("apiextensions.crossplane.io/");
    }

    /**
     * Reads a definition. Where there are claims, teams create these, and not the composite resources.
     *
     * @param definition a CompositeResourceDefinition
     * @param errors receives what is missing, by path
     */
    public static Optional<RequestableType> of(Json definition, FieldErrors errors) {
        var spec = definition.object("spec");
        var claim = spec.at("claimNames").isPresent();
        var names = spec.object(claim ? "claimNames" : "names");
        var at = claim ? "spec.claimNames" : "spec.names";
        var group = required(spec.text("group"), GROUP, "spec.group", errors);
        var kind = required(names.text("kind"), TYPE, at + ".kind", errors);
        var plural = required(names.text("plural"), LABEL, at + ".plural", errors);
        var scope = spec.text("scope")
                .orElse(definition.text("apiVersion").orElse("").endsWith("/v1") ? "LegacyCluster" : "Namespaced");
        var version = version(spec.items("versions"));
        if (version.isEmpty()) {
            errors.add("spec.versions", "has no version that is served and has a schema; add one");
        }
        var named = version.map(found -> required(found.text("name"), LABEL, "spec.versions.name", errors))
                .orElse("");
        return version.filter(found -> Stream.of(group, kind, plural, named).noneMatch(String::isEmpty))
                .map(found -> new RequestableType(
                        group,
                        named,
                        kind,
                        plural,
                        claim || scope.equals("Namespaced"),
                        texts(names.items("shortNames")),
                        texts(names.items("categories")),
                        found.object("schema", "openAPIV3Schema"),
                        found.items("additionalPrinterColumns"),
                        claim || scope.equals("LegacyCluster") ? OF_CLAIMS : OF_COMPOSITES));
    }

    /** A name, which becomes part of a link and of the name of a file; empty with an error if it is not one. */
    private static String required(Optional<String> value, Form allowed, String path, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.add(path, "is missing; must be a string");
        }
        var valid = value.filter(text ->
                text.length() <= LONGEST && allowed.pattern().matcher(text).matches());
        if (value.isPresent() && valid.isEmpty()) {
            errors.add(path, "is " + Redaction.of(value.get()) + "; must be " + allowed.words());
        }
        return valid.orElse("");
    }

    /** The version that other things refer to, or else the last one; only one that is served. */
    private static Optional<Json> version(List<Json> versions) {
        return versions.stream()
                .filter(version -> version.isTrue("served")
                        && version.text("name").isPresent()
                        && !version.object("schema", "openAPIV3Schema").isEmpty())
                .max(Comparator.comparing(version -> version.isTrue("referenceable")));
    }

    private static List<String> texts(List<Json> items) {
        return items.stream()
                .flatMap(item -> item instanceof Json.Text(var text)
                        ? Optional.of(text).stream()
                        : Optional.<String>empty().stream())
                .toList();
    }

    /** The group and the version. */
    public String apiVersion() {
        return group + "/" + version;
    }

    /** The name of the type's page. */
    String page() {
        return plural + "." + group + ".html";
    }

    String description() {
        return schema.text("description").orElse("").strip();
    }

    Json.Obj spec() {
        return schema.object("properties", "spec");
    }

    /** Whether an object is of this type. */
    public boolean has(Json object) {
        return object.text("kind").filter(kind::equals).isPresent()
                && object.text("apiVersion").filter(apiVersion()::equals).isPresent();
    }
}
