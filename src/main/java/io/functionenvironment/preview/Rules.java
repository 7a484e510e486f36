package io.functionenvironment.preview;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.api.settings.Team;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which rules of the platform apply to whom.
 *
 * @param settings valid Settings
 * @param merged the same as they are written
 */
public record Rules(Settings settings, Json.Obj merged) {

    /**
     * The rules in valid documents.
     *
     * @param input Settings in the Composition's pipeline step
     * @param config the platform's EnvironmentConfig
     */
    public static Rules of(Optional<Json.Obj> input, Optional<Json.Obj> config) {
        var errors = new FieldErrors();
        var documents = Stream.concat(input.stream(), config.stream())
                .flatMap(document -> SettingsDocument.of(document, errors).stream())
                .toList();
        return new Rules(
                SettingsDocument.merge(documents, Registry.SHIPPED.sizeFormats(), errors),
                SettingsDocument.merged(documents));
    }

    /** Which rules apply to a namespace, in words; empty if no team has rules of its own. */
    public Optional<String> of(String namespace) {
        return settings.teams().isEmpty()
                ? Optional.empty()
                : Optional.of(settings.team(namespace)
                        .map(team -> "rules of team " + team.name())
                        .orElse("rules of all that are in no team"));
    }

    /** What differs for each team, a sentence for each. */
    public List<String> teams() {
        var written = merged.items("teams");
        return IntStream.range(0, settings.teams().size())
                .mapToObj(index ->
                        sentence(settings.teams().get(index), written.get(index).object("settings")))
                .toList();
    }

    private static String sentence(Team team, Json.Obj own) {
        var fields = own.fields().keySet().stream().sorted().toList();
        return "team " + team.name() + " (" + String.join(", ", team.namespaces()) + ") "
                + (fields.isEmpty() ? "has no rules of its own" : "has its own " + String.join(", ", fields));
    }

    /** A namespace of each team, and one of none, so that all rules can be tried. */
    public List<String> namespaces() {
        var none = candidates("any*").filter(name -> settings.team(name).isEmpty());
        return Stream.concat(
                        none.limit(1),
                        settings.teams().stream()
                                .flatMap(team -> team.namespaces().stream()
                                        .flatMap(Rules::candidates)
                                        .filter(name -> settings.team(name).equals(Optional.of(team)))
                                        .limit(1)))
                .toList();
    }

    /** Some of the namespaces that a pattern stands for. */
    private static Stream<String> candidates(String pattern) {
        return pattern.endsWith("*")
                ? IntStream.rangeClosed('a', 'z')
                        .mapToObj(letter -> pattern.substring(0, pattern.length() - 1) + (char) letter)
                : Stream.of(pattern);
    }
}
