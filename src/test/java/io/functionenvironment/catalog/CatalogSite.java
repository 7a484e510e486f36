package io.functionenvironment.catalog;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.Preview;
import io.functionenvironment.preview.PreviewRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A site with the types and the valid examples of this repository. */
final class CatalogSite {
    private final Path folder;
    private final Path settings;
    private final List<RequestableType> types = Stream.of(
                    "package/configuration/definition.yaml",
                    "examples/own-kind/definition.yaml",
                    "src/test/resources/catalog/definition.yaml")
            .flatMap(file ->
                    RequestableType.of(Yaml.documents(read(Path.of(file))).getFirst(), new FieldErrors()).stream())
            .toList();
    private final List<Example> examples = files().map(CatalogSite::example).toList();

    private CatalogSite(String folder, String example) {
        this.folder = Path.of("target", folder);
        this.settings = Path.of("examples", example, "settings.yaml");
    }

    /** With the Settings of the example platform, which are the same for everybody. */
    static CatalogSite ofPlatform() {
        return new CatalogSite("catalog", "platform");
    }

    /** With Settings that differ by team. */
    static CatalogSite ofTeams() {
        return new CatalogSite("catalog-teams", "teams");
    }

    private static Stream<Path> files() {
        try (var folders = Files.list(Path.of("examples"))) {
            return Stream.concat(
                    folders
                            .map(folder -> folder.resolve("environment.yaml"))
                            .filter(Files::exists)
                            .sorted(Comparator.naturalOrder())
                            .toList()
                            .stream(),
                    Stream.of(Path.of("src/test/resources/catalog/database.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example example(Path file) {
        var text = read(file);
        var name = file.endsWith("environment.yaml") ? file.getName(1).toString() : "database";
        var object = (Json.Obj) Yaml.documents(text).getFirst();
        return new Example(name, text, object, name.equals("hello") ? diagram(object) : Optional.empty());
    }

    private static Optional<String> diagram(Json.Obj environment) {
        return Preview.of(new PreviewRequest(
                        environment, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()))
                .svg();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<RequestableType> types() {
        return types;
    }

    List<Example> examples() {
        return examples;
    }

    RequestableType environment() {
        return types.getFirst();
    }

    Site site() {
        var document = SettingsDocument.of(Yaml.documents(read(settings)).getFirst(), new FieldErrors());
        return new Site(
                types, Offers.of(SettingsDocument.complete(document.stream().toList())), examples);
    }

    void write() throws IOException {
        Files.createDirectories(folder);
        for (var file : site().files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    Path folder() {
        return folder;
    }

    /** The address of the page of a type, as a file. */
    String page(RequestableType type) {
        return address(type.page());
    }

    /** The address of a file of the site. */
    String address(String file) {
        return folder.resolve(file).toUri().toString();
    }
}
