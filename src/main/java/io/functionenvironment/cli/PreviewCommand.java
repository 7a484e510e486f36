package io.functionenvironment.cli;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Preview;
import io.functionenvironment.preview.PreviewRequest;
import io.functionenvironment.preview.TextView;
import io.functionenvironment.simulation.JsonEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code environment preview}: tells what would become of an Environment. */
final class PreviewCommand {
    private static final String SETTINGS = "--settings";
    private static final String FAIL = "--fail";
    private static final String UNTIL = "--until";
    private static final String OUTPUT = "-o";

    private PreviewCommand() {}

    static int run(List<String> arguments, Terminal terminal) throws UsageError {
        var given = Arguments.of(arguments, Set.of(SETTINGS, FAIL, UNTIL, OUTPUT));
        if (given.files().size() != 1) {
            throw new UsageError(
                    given.files().isEmpty()
                            ? "ENVIRONMENT.yaml is missing: which Environment is to be previewed?"
                            : given.files().get(1) + " is one file too many; one Environment is previewed at a time");
        }
        var yaml = yaml(given);
        var passes = passes(given);
        var errors = new ArrayList<String>();
        var documents = new ArrayList<>(Document.read(given.files().getFirst(), errors));
        for (var file : given.all(SETTINGS)) {
            documents.addAll(Document.read(file, errors));
        }
        documents.forEach(document -> errors.addAll(document.errors()));
        var environments =
                documents.stream().filter(document -> !document.isSettings()).toList();
        if (errors.isEmpty() && environments.size() != 1) {
            errors.add(given.files().getFirst() + ": has " + environments.size() + " Environments, must have one");
        }
        if (!errors.isEmpty()) {
            errors.forEach(terminal::err);
            return 2;
        }
        var settings = documents.stream().filter(Document::isSettings).toList();
        var wish = new PreviewRequest(
                inNamespace(environments.getFirst().tree()),
                settings.stream()
                        .filter(document -> !document.isConfig())
                        .map(Document::tree)
                        .findFirst(),
                settings.stream().filter(Document::isConfig).map(Document::tree).findFirst(),
                failures(given, environments.getFirst().tree(), settings),
                passes);
        var story = Preview.of(wish);
        terminal.print(yaml ? story.yaml() : new TextView(terminal.colour(), terminal.unicode()).render(story));
        return story.ready() || passes.isPresent() ? 0 : 1;
    }

    private static boolean yaml(Arguments given) throws UsageError {
        return switch (given.one(OUTPUT).orElse("text")) {
            case "text" -> false;
            case "yaml" -> true;
            case String other -> throw new UsageError(OUTPUT + " is \"" + other + "\", must be text or yaml");
        };
    }

    private static Optional<Integer> passes(Arguments given) throws UsageError {
        var text = given.one(UNTIL);
        if (text.filter(some -> !some.matches("[1-9][0-9]{0,4}")).isPresent()) {
            throw new UsageError(UNTIL + " is \"" + text.get() + "\", must be the number of a pass, from 1");
        }
        return text.map(Integer::valueOf);
    }

    private static List<PreviewRequest.Failure> failures(Arguments given, Json environment, List<Document> settings)
            throws UsageError {
        var names = new TreeSet<>(Set.of("cluster"));
        EnvironmentReader.read(environment, new FieldErrors(), true)
                .ifPresent(read -> read.apps().stream().map(App::name).forEach(names::add));
        SettingsDocument.merge(
                        settings.stream()
                                .flatMap(document -> SettingsDocument.of(document.tree(), new FieldErrors()).stream())
                                .toList(),
                        new FieldErrors())
                .apps()
                .forEach(app -> names.add(app.name()));
        var failures = new ArrayList<PreviewRequest.Failure>();
        for (var text : given.all(FAIL)) {
            var equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            if (!names.contains(name)) {
                throw new UsageError(FAIL + " names \"" + name + "\", must be one of " + String.join(", ", names));
            }
            failures.add(new PreviewRequest.Failure(
                    name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1))));
        }
        return List.copyOf(failures);
    }

    /** As kubectl does with what names no namespace. */
    private static Json.Obj inNamespace(Json.Obj environment) {
        return environment.text("metadata", "namespace").isPresent()
                ? environment
                : JsonEdit.set(environment, "default", "metadata", "namespace");
    }
}
