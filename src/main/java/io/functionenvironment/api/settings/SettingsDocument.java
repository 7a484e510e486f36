package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.EnvironmentValue;
import io.functionenvironment.api.app.EnvironmentValue.EnvironmentFact;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One document with Settings: the input of the Composition's step, or an EnvironmentConfig.
 *
 * @param base the kind of the document, and its field that holds the Settings: {@code Settings spec} or
 *     {@code EnvironmentConfig data}. Errors begin with it, because an Environment has fields of the same names
 * @param content the value of that field
 */
public record SettingsDocument(String base, Json content) {
    /** The name of the EnvironmentConfig that the shipped Composition selects. */
    public static final String CONFIG = "environment-settings";

    private static final String TEAMS = "teams";

    /** The shipped defaults, in the form of a Settings document's spec. With them the function needs no document. */
    private static final Json.Obj DEFAULTS = defaults();

    /** The Settings in a document; empty, with an error, if the document is of a kind that has none. */
    public static Optional<SettingsDocument> of(Json document, FieldErrors errors) {
        var kind = document.text("kind").orElse("");
        var base = kind.equals("Settings") ? "spec" : kind.equals("EnvironmentConfig") ? "data" : "";
        if (base.isEmpty()) {
            errors.add("kind", "is " + Redaction.of(kind) + "; must be Settings or EnvironmentConfig");
            return Optional.empty();
        }
        return Optional.of(
                new SettingsDocument(kind + " " + base, document.at(base).orElse(Json.Obj.EMPTY)));
    }

    /**
     * Merges documents over the shipped defaults, each over the ones before it, and reads the result.
     *
     * @param errors receives every error once, by its path in the first document after whose merge it appears
     * @return of no use if there are errors
     */
    public static Settings merge(List<SettingsDocument> documents, SizeFormats sizes, FieldErrors errors) {
        var explicit = Json.Obj.EMPTY;
        var merged = DEFAULTS;
        var settings = SettingsReader.read("Settings spec", merged, explicit, sizes, errors);
        var reported = new ArrayList<FieldError>();
        for (var document : documents) {
            var found = new FieldErrors();
            if (document.content instanceof Json.Obj content) {
                explicit = over(explicit, content);
                merged = over(merged, content);
                settings = SettingsReader.read(document.base, merged, explicit, sizes, found);
            } else {
                found.add(document.base, "is " + document.content.kind() + "; must be an object");
            }
            for (var error : found) {
                if (reported.stream().noneMatch(other -> sameField(other, error))) {
                    reported.add(error);
                }
            }
        }
        errors.addAll(reported);
        refuseWithoutDomain(documents, settings, errors);
        return settings;
    }

    /** The shipped defaults with documents merged over them, as they are written. */
    public static Json.Obj merged(List<SettingsDocument> documents) {
        return documents.stream()
                .map(document -> document.content instanceof Json.Obj content ? content : Json.Obj.EMPTY)
                .reduce(DEFAULTS, SettingsDocument::over);
    }

    /** The same, in which the rules of each team are complete: merged over those of the platform. */
    public static Json.Obj complete(List<SettingsDocument> documents) {
        var merged = merged(documents);
        var platform = Merge.replaced(merged, Optional.empty(), TEAMS);
        var teams = merged.items(TEAMS).stream()
                .map(team -> team instanceof Json.Obj some ? complete(platform, some) : team)
                .toList();
        return teams.isEmpty() ? merged : Merge.replaced(merged, Optional.of(new Json.Arr(teams)), TEAMS);
    }

    private static Json complete(Json.Obj platform, Json.Obj team) {
        var rules = over(platform, team.object(TeamsReader.SETTINGS));
        return Merge.replaced(team, Optional.of(rules), TeamsReader.SETTINGS);
    }

    /** Reports what needs a domain, once all documents that may have one are merged. */
    private static void refuseWithoutDomain(List<SettingsDocument> documents, Settings settings, FieldErrors errors) {
        var platform = withoutDomain(settings)
                .map(field -> field.substring(field.indexOf('.')))
                .map(field -> base(documents, field) + field)
                .toList();
        var teams = settings.teams().stream()
                .flatMap(team -> withoutDomain(team.settings()))
                .filter(field ->
                        platform.stream().noneMatch(other -> field.endsWith(other.substring(other.indexOf('.')))));
        Stream.concat(platform.stream(), teams)
                .sorted()
                .forEach(field -> errors.add(
                        field + ".value",
                        "has the placeholder <domain>, but Settings have no domain; set domain, or remove the"
                                + " placeholder"));
    }

    /** The fields that need a domain, if there is none. */
    private static Stream<String> withoutDomain(Settings settings) {
        return settings.domain().isPresent()
                ? Stream.of()
                : Stream.concat(settings.catalog().values().stream(), settings.apps().stream())
                        .flatMap(app -> app.environmentValues().stream())
                        .filter(value -> value.uses(EnvironmentFact.DOMAIN))
                        .map(EnvironmentValue::field);
    }

    /** The kind of the last document that has the list of a field. */
    private static String base(List<SettingsDocument> documents, String field) {
        var path = field.substring(1, field.lastIndexOf('['))
                .replaceFirst("\\[.*", "")
                .split("\\.", -1);
        return documents.reversed().stream()
                .filter(document -> document.content.at(path).isPresent())
                .map(document -> document.base)
                .findFirst()
                .orElse("Settings spec");
    }

    /** Merges Settings: a null removes a key, except in Helm values, where it is a value for the chart. */
    static Json.Obj over(Json.Obj below, Json.Obj above) {
        var merged = withValues(Merge.over(below, above), below, above, "vcluster", "values");
        merged = withValues(merged, below, above, "knative", "values");
        for (var entry : above.object("catalog").fields().keySet()) {
            merged = withValues(merged, below, above, "catalog", entry, "values");
        }
        for (var size : above.object("sizes").fields().keySet()) {
            for (var kind : above.object("sizes", size).fields().keySet()) {
                merged = withValues(merged, below, above, "sizes", size, kind, "values");
            }
        }
        return merged;
    }

    private static Json.Obj withValues(Json.Obj merged, Json.Obj below, Json.Obj above, String... path) {
        return below.at(path).orElse(new Json.Null()) instanceof Json.Obj under
                        && above.at(path).orElse(new Json.Null()) instanceof Json.Obj over
                ? Merge.replaced(merged, Optional.of(Merge.values(under, over)), path)
                : merged;
    }

    private static boolean sameField(FieldError one, FieldError other) {
        return one.message().equals(other.message()) && field(one).equals(field(other));
    }

    /** The path without its first segment, which depends on the kind of document. */
    private static String field(FieldError error) {
        return error.path().substring(error.path().indexOf('.') + 1);
    }

    private static Json.Obj defaults() {
        try (var in = SettingsDocument.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing from the jar");
            }
            return Yaml.documents(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getFirst()
                    .object("spec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
