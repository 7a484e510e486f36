package io.functionenvironment.cli;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Validation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment validate}: checks files, and Environments with the Settings among them. */
final class ValidateCommand implements Command {
    /** An Environment without apps, to check Settings with. */
    private static final Json.Obj ANY = obj(
            field("apiVersion", "platform.internal/v1beta1"),
            field("kind", "Environment"),
            field("metadata", obj(field("name", "any"))),
            field("spec", obj(field("apps", List.of()))));

    private final PositionalParamSpec files = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .required(true)
            .arity("1..*")
            .description("files and directories with Environments and Settings; - reads standard input")
            .build();
    private final OptionSpec settings = OptionSpec.builder("--settings")
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .description(
                    "file with the platform's EnvironmentConfig or Settings, with which all Environments are checked;"
                            + " can be repeated, with at most one of each")
            .build();

    @Override
    public CommandSpec spec() {
        return Command.describe("validate", "Checks Environments and Settings, and prints all errors.")
                .addPositional(files)
                .addOption(settings);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var unreadable = new ArrayList<String>();
        var documents = new LinkedHashMap<String, List<Document>>();
        for (var file : files.<List<File>>getValue()) {
            contents(file, unreadable).forEach(path -> documents.put(path, Document.read(path, unreadable)));
        }
        var given = new ArrayList<Document>();
        for (var file : arguments.matchedOptionValue(settings.longestName(), List.<File>of())) {
            given.addAll(SettingsFiles.read(file, unreadable));
        }
        var errors = new ArrayList<>(unreadable);
        given.forEach(document -> errors.addAll(document.errors()));
        var offered = offered(given, documents, errors);
        documents.forEach((file, found) -> {
            var own = found.stream()
                    .flatMap(document -> errors(document, offered))
                    .distinct()
                    .toList();
            errors.addAll(own);
            if (own.isEmpty() && !found.isEmpty()) {
                terminal.out(file + ": is valid");
            }
        });
        Stream.concat(given.stream(), documents.values().stream().flatMap(List::stream))
                .flatMap(document -> document.warnings().stream())
                .forEach(terminal::err);
        errors.forEach(terminal::err);
        return errors.isEmpty() ? 0 : unreadable.isEmpty() ? 1 : 2;
    }

    /** Those of the option; without it, those among the files. */
    private static List<Document> offered(
            List<Document> given, Map<String, List<Document>> documents, List<String> errors) {
        if (!given.isEmpty()) {
            SettingsFiles.refuseSeveral(given, errors);
            return given;
        }
        var among = documents.values().stream()
                .flatMap(List::stream)
                .filter(Document::isSettings)
                .toList();
        var several = new ArrayList<String>();
        SettingsFiles.refuseSeveral(among, several);
        return several.isEmpty() ? among : List.of();
    }

    /** The errors of an object in itself; if it has none, those that the function reports for it. */
    private static Stream<String> errors(Document document, List<Document> offered) {
        var own = document.errors();
        if (!own.isEmpty()) {
            return own.stream();
        }
        var settings = document.isSettings() ? List.of(document) : offered;
        if (settings.stream().anyMatch(some -> !some.errors().isEmpty())) {
            return Stream.empty();
        }
        var environment = document.isSettings() ? ANY : document.named().tree();
        return Validation.errors(
                        SettingsFiles.inNamespace(environment),
                        SettingsFiles.input(settings),
                        SettingsFiles.config(settings))
                .stream()
                // Settings are not to blame for the Environment that they are checked with, nor it for them.
                .filter(error -> error.path().matches("(Settings|EnvironmentConfig) .*") == document.isSettings())
                .map(error -> document.file() + ": " + error);
    }

    /** The files of a directory that contain YAML or JSON; a file itself. */
    private static List<String> contents(File file, List<String> errors) {
        if (!file.isDirectory()) {
            return List.of(file.getPath());
        }
        try (var paths = Files.walk(file.toPath())) {
            var found = paths.filter(path -> path.toString().matches(".*\\.(ya?ml|json)"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                errors.add(file + ": contains no files that end with .yaml, .yml or .json");
            }
            return found;
        } catch (IOException unreadable) {
            errors.add(file + ": cannot read it: " + unreadable.getMessage());
            return List.of();
        }
    }
}
