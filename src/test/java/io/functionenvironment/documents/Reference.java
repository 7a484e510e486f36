package io.functionenvironment.documents;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.catalog.Bounds;
import io.functionenvironment.json.Json;
import io.functionenvironment.status.ConditionReason;
import io.functionenvironment.status.ConditionReason.Value;
import io.functionenvironment.status.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The API reference as Markdown, generated from the schemas and the shipped defaults. */
final class Reference {
    /** The possible outcomes of each condition. */
    static final Map<String, List<Outcome>> CONDITIONS = conditionOutcomes();

    record Outcome(Value value, ConditionReason reason) {}

    private static Map<String, List<Outcome>> conditionOutcomes() {
        // What is in the host cluster does not become unreachable.
        var registration = List.of(
                ConditionReason.AVAILABLE,
                ConditionReason.NOT_REQUESTED,
                ConditionReason.PROGRESSING,
                ConditionReason.FAILING,
                ConditionReason.BLOCKED,
                ConditionReason.INVALID);
        var outcomes = new LinkedHashMap<String, List<Outcome>>();
        outcomes.put("Accepted", outcomes(List.of(ConditionReason.ACCEPTED, ConditionReason.INVALID), false));
        outcomes.put("ClusterReady", outcomes(Subject.Single.REASONS, true));
        outcomes.put("AppsReady", outcomes(Subject.Collection.REASONS, true));
        outcomes.put("ManifestsReady", outcomes(Subject.Collection.REASONS, true));
        outcomes.put("GitOpsReady", outcomes(addon(), true));
        outcomes.put("ServerlessReady", outcomes(addon(), true));
        outcomes.put("AccessReady", outcomes(addon(), true));
        outcomes.put("RegistrationReady", outcomes(registration, true));
        return outcomes;
    }

    /** An add-on that consists of components is not requested at first, or no longer. */
    private static List<ConditionReason> addon() {
        return Stream.concat(Subject.Single.REASONS.stream(), Stream.of(ConditionReason.NOT_REQUESTED))
                .sorted()
                .toList();
    }

    /** A refusal repeats a condition, or reports it as unknown. */
    private static List<Outcome> outcomes(List<ConditionReason> reasons, boolean unknown) {
        return Stream.concat(
                        reasons.stream().map(reason -> new Outcome(reason.value(), reason)),
                        unknown ? Stream.of(new Outcome(Value.UNKNOWN, ConditionReason.INVALID)) : Stream.empty())
                .toList();
    }

    /** The fields that every resource has, which are not in the reference. */
    private static final Set<String> COMMON = Set.of("apiVersion", "kind", "metadata");

    /** Crossplane installs no objects from function packages. */
    private static final String INPUT = """
            This schema describes the input of the Composition's step; there is no such resource in the cluster. In the \
            input, the fields are below `spec`. In an EnvironmentConfig, the same fields are directly below `data`, for \
            example `data.sizes`.""";

    private final StringBuilder out = new StringBuilder();

    private Reference() {}

    /**
     * The page.
     *
     * @param definition the CompositeResourceDefinition of Environments
     * @param input the CustomResourceDefinition of Settings
     * @param shipped the default Settings
     */
    static String of(Json definition, Json input, Json shipped) {
        var page = new Reference();
        page.paragraph("# API reference");
        page.paragraph("""
                Teams write an [Environment](#environment). The platform writes [Settings](#settings): as the input of the \
                Composition's step, as the `data` of an EnvironmentConfig named `environment-settings`, or as both: then \
                the EnvironmentConfig is merged over the input.""");
        page.paragraph("""
                This page is generated from [the XRD](../package/configuration/definition.yaml), \
                [the schema of Settings](../package/input/environment.fn.crossplane.io_settings.yaml) and \
                [the shipped defaults](../src/main/resources/io/functionenvironment/api/settings/defaults.yaml), by \
                `./mvnw test -Dtest=ReferenceTest -Dgolden.update=true`.""");
        page.kind(definition, Json.Obj.EMPTY);
        page.columns(definition);
        page.conditions();
        page.kind(input, shipped);
        return page.out.toString().stripTrailing() + "\n";
    }

    private void kind(Json definition, Json shipped) {
        var spec = definition.object("spec");
        var kind = spec.text("names", "kind").orElseThrow();
        for (var version : spec.items("versions")) {
            var schema = version.object("schema", "openAPIV3Schema");
            var apiVersion = "`apiVersion: %s/%s`"
                    .formatted(
                            spec.text("group").orElseThrow(),
                            version.text("name").orElseThrow());
            paragraph("## " + kind);
            if (definition.text("kind").orElseThrow().equals("CompositeResourceDefinition")) {
                paragraph(apiVersion + ", " + scope(spec) + names(spec) + ". " + description(schema));
            } else {
                paragraph(apiVersion + ", `kind: " + kind + "`. " + INPUT);
                paragraph(description(schema));
            }
            schema.object("properties").fields().keySet().forEach(name -> {
                if (!COMMON.contains(name)) {
                    descend(kind, name, schema.object("properties", name), shipped.object(name), "");
                }
            });
        }
    }

    private static String scope(Json spec) {
        return spec.text("scope").orElseThrow().equals("Namespaced") ? "namespaced" : "cluster-scoped";
    }

    /** The names that kubectl accepts. */
    private static String names(Json spec) {
        var names = spec.object("names");
        return named("short name ", "short names ", names.items("shortNames"))
                + named("category ", "categories ", names.items("categories"));
    }

    private static String named(String one, String several, List<Json> names) {
        return names.isEmpty()
                ? ""
                : ", " + (names.size() == 1 ? one : several)
                        + names.stream().map(Bounds::value).collect(joining(" and "));
    }

    /**
     * The sections of a schema and of everything below it. A schema with fields has a section of its own.
     *
     * @param stated the description that the page already has for this schema, in the row of the field
     */
    private void descend(String kind, String path, Json.Obj schema, Json shipped, String stated) {
        var unknown = Bounds.unknown(schema);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("%s has %s, which Bounds does not describe; add it there"
                    .formatted(path, String.join(", ", unknown)));
        }
        if (!schema.object("properties").isEmpty()) {
            section(kind, path, schema, shipped, stated);
        }
        if (!schema.object("items").isEmpty()) {
            descend(kind, path + "[]", schema.object("items"), Json.Obj.EMPTY, "");
        }
        if (!schema.object("additionalProperties").isEmpty()) {
            descend(kind, path + ".*", schema.object("additionalProperties"), Json.Obj.EMPTY, "");
        }
    }

    private void section(String kind, String path, Json schema, Json shipped, String stated) {
        var properties = schema.object("properties").fields();
        var required = schema.items("required");
        paragraph("### " + kind + " `" + path + "`");
        if (!description(schema).equals(stated)) {
            paragraph(description(schema));
        }
        paragraph(properties.entrySet().stream()
                .map(entry -> row(
                        name(kind, path, entry.getKey(), entry.getValue()),
                        Bounds.type(entry.getValue()),
                        required.contains(new Json.Text(entry.getKey()))
                                ? "required"
                                : initial(entry.getValue(), shipped.at(entry.getKey())),
                        meaning(entry.getValue())))
                .collect(joining("\n", "| Field | Type | Default | Meaning |\n|---|---|---|---|\n", "")));
        var rules = Stream.concat(
                        rules("", schema),
                        properties.entrySet().stream()
                                .filter(entry ->
                                        entry.getValue().object("properties").isEmpty())
                                .flatMap(entry -> rules("`" + entry.getKey() + "`: ", entry.getValue())))
                .collect(joining("\n"));
        if (!rules.isEmpty()) {
            paragraph(rules);
        }
        properties.forEach((name, field) -> descend(
                kind, path + "." + name, schema.object("properties", name), shipped.object(name), description(field)));
    }

    /** The name of a field, as a link if the field has a section of its own. */
    private static String name(String kind, String path, String name, Json schema) {
        var suffix = !schema.object("properties").isEmpty()
                ? ""
                : !schema.object("items", "properties").isEmpty()
                        ? "[]"
                        : !schema.object("additionalProperties", "properties").isEmpty() ? ".*" : "-";
        var code = Bounds.code(name);
        return suffix.equals("-")
                ? code
                : "[%s](#%s)".formatted(code, Anchors.of(kind + " " + path + "." + name + suffix));
    }

    private static String initial(Json schema, Optional<Json> shipped) {
        return schema.at("default")
                .or(() -> shipped.filter(ignored -> schema.object("properties").isEmpty()))
                .map(Bounds::value)
                .orElse("");
    }

    private static String meaning(Json schema) {
        return Stream.of(
                        description(schema),
                        Bounds.of(schema),
                        each("item", schema.object("items")),
                        each("value", schema.object("additionalProperties")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(joining(" "));
    }

    /** The meaning of the items of a list or of the values of a map, unless they have a section of their own. */
    private static String each(String what, Json.Obj content) {
        if (content.isEmpty() || !content.object("properties").isEmpty()) {
            return "";
        }
        var text = description(content);
        return "Each " + what + ": " + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) + " "
                + Bounds.of(content);
    }

    private static Stream<String> rules(String field, Json schema) {
        return schema.items("x-kubernetes-validations").stream().map(rule -> {
            var cel = rule.text("rule").orElseThrow();
            // The API server evaluates such a rule only if there is an old value.
            var when = cel.contains("oldSelf") ? "on a change, " : "";
            var at = rule.text("fieldPath")
                    .map(path -> Bounds.code(path.substring(1)) + ": ")
                    .orElse(field);
            return "* %s%s%s: `%s`".formatted(at, when, rule.text("message").orElseThrow(), cel);
        });
    }

    private void columns(Json definition) {
        paragraph("### Columns of kubectl get");
        paragraph("Wide columns are shown with `-o wide` only. Crossplane adds SYNCED, READY, COMPOSITION and AGE.");
        paragraph(definition.object("spec").items("versions").stream()
                .flatMap(version -> version.items("additionalPrinterColumns").stream())
                .map(column -> row(
                        column.text("name").orElseThrow()
                                + (column.at("priority").isPresent() ? " (wide)" : ""),
                        Bounds.code(column.text("jsonPath").orElseThrow()),
                        description(column)))
                .collect(joining("\n", "| Column | Field | Meaning |\n|---|---|---|\n", "")));
    }

    private void conditions() {
        paragraph("### Conditions");
        paragraph("""
                Every Environment has `Accepted`, `ClusterReady` and `AppsReady`, those of add-ons once they are requested, \
                and Crossplane's own `Ready`, `Synced` and `Responsive`. \
                [Operations](operations.md#conditions) explains what to do for each reason.""");
        paragraph(CONDITIONS.keySet().stream()
                .map(type -> row(
                        Bounds.code(type),
                        reasons(type, Value.TRUE),
                        reasons(type, Value.FALSE),
                        reasons(type, Value.UNKNOWN)))
                .collect(joining(
                        "\n", "| Type | Reasons when True | when False | when Unknown |\n|---|---|---|---|\n", "")));
    }

    private static String reasons(String type, Value value) {
        return CONDITIONS.getOrDefault(type, List.of()).stream()
                .filter(outcome -> outcome.value() == value)
                .map(outcome -> Bounds.code(outcome.reason().word()))
                .collect(joining(", "));
    }

    /** Another page is named by its path in the repository, because a schema is also read elsewhere. */
    private static String description(Json schema) {
        return schema.text("description").orElse("").strip().replaceAll("docs/(([-\\w]+)\\.md#[-\\w]+)", "[$2]($1)");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", List.of(cells)) + " |";
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            out.append(text).append("\n\n");
        }
    }
}
