package io.functionenvironment.cli;

import io.functionenvironment.catalog.Example;
import io.functionenvironment.catalog.RequestableType;
import io.functionenvironment.preview.Preview;
import io.functionenvironment.preview.PreviewRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads examples for the catalog. */
final class ExampleFiles {
    private ExampleFiles() {}

    /**
     * The objects of some types in files and directories.
     *
     * @param settings of the platform, with which the diagrams are drawn
     * @param errors receives what cannot be read, and what is invalid in an Environment itself
     */
    static List<Example> read(
            List<File> files, List<RequestableType> types, List<Document> settings, List<String> errors) {
        var examples = new ArrayList<Example>();
        for (var given : files) {
            var before = examples.size() + errors.size();
            for (var file : DocumentFiles.everyFile(given)) {
                DocumentFiles.all(file, given.isDirectory() ? new ArrayList<>() : errors).stream()
                        .filter(document -> types.stream().anyMatch(type -> type.has(document.tree())))
                        .forEach(document -> examples.add(example(document, settings, errors)));
            }
            if (examples.size() + errors.size() == before) {
                errors.add(
                        "--example: %s contains no object of the types that the definitions define".formatted(given));
            }
        }
        return List.copyOf(examples);
    }

    private static Example example(Document document, List<Document> settings, List<String> errors) {
        var environment = document.isShippedKind() || document.hasFieldsOfAnEnvironment();
        if (environment) {
            errors.addAll(document.errors());
        }
        var diagram =
                environment && document.errors().isEmpty() ? diagram(document, settings) : Optional.<String>empty();
        return new Example(name(document), text(document, errors), document.tree(), diagram);
    }

    /** Empty if it needs other Settings than these. */
    private static Optional<String> diagram(Document document, List<Document> settings) {
        var result = Preview.of(new PreviewRequest(
                SettingsFiles.inNamespace(document.named().tree()),
                Optional.empty(),
                SettingsFiles.input(settings),
                SettingsFiles.config(settings),
                List.of(),
                Optional.empty()));
        return result.refused().isPresent() ? Optional.empty() : result.svg();
    }

    /** The name of its folder, if the file is called as its kind is; otherwise the name of the file. */
    private static String name(Document document) {
        var path = Path.of(document.file()).toAbsolutePath();
        var file = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        var folder = Optional.ofNullable(path.getParent()).map(Path::getFileName);
        return (file.equalsIgnoreCase(document.kind())
                        ? folder.map(Path::toString).orElse(file)
                        : file)
                .replace('-', ' ');
    }

    private static String text(Document document, List<String> errors) {
        try {
            return TextFile.read(document.file());
        } catch (IOException unreadable) {
            errors.add(document.file() + ": cannot read it: " + unreadable.getMessage());
            return "";
        }
    }
}
