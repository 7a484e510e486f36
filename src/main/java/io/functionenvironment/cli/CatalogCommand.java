package io.functionenvironment.cli;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.catalog.Example;
import io.functionenvironment.catalog.Offers;
import io.functionenvironment.catalog.RequestableType;
import io.functionenvironment.catalog.Site;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment catalog}: writes a static site with the types that can be requested. */
final class CatalogCommand implements Command {
    private final PositionalParamSpec definitions = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .required(true)
            .arity("1..*")
            .description("files, directories and packages (.xpkg) with CompositeResourceDefinitions; - reads standard"
                    + " input, such as the output of kubectl get xrd -o yaml")
            .build();
    private final OptionSpec out = OptionSpec.builder("--out")
            .paramLabel("DIRECTORY")
            .type(File.class)
            .required(true)
            .description("directory to write the site to")
            .build();
    private final OptionSpec settings = SettingsFiles.option();
    private final OptionSpec examples = OptionSpec.builder("--example")
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .description("file or directory with examples of the types; can be repeated")
            .build();

    @Override
    public CommandSpec spec() {
        return Command.describe("catalog", "Writes a site with the types that can be requested, and a form for each.")
                .addPositional(definitions)
                .addOption(out)
                .addOption(settings)
                .addOption(examples);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var errors = new ArrayList<String>();
        var types = new LinkedHashSet<RequestableType>();
        definitions.<List<File>>getValue().forEach(file -> types.addAll(DefinitionFiles.read(file, errors)));
        var offered = new ArrayList<Document>();
        for (var file : SettingsFiles.given(arguments, settings)) {
            offered.addAll(SettingsFiles.read(file, errors));
        }
        var unreadable = !errors.isEmpty();
        offered.forEach(document -> errors.addAll(document.errors()));
        SettingsFiles.refuseSeveral(offered, errors);
        if (errors.isEmpty()) {
            errors.addAll(SettingsFiles.errors(offered));
        }
        var shown = errors.isEmpty()
                ? ExampleFiles.read(
                        arguments.matchedOptionValue(examples.longestName(), List.of()),
                        List.copyOf(types),
                        offered,
                        errors)
                : List.<Example>of();
        if (!errors.isEmpty()) {
            Document.hinted(errors, offered).forEach(terminal::err);
            return unreadable ? 2 : 1;
        }
        var files = new Site(
                        types.stream()
                                .sorted(Comparator.comparing(RequestableType::kind)
                                        .thenComparing(RequestableType::group))
                                .toList(),
                        Offers.of(complete(offered)),
                        shown)
                .files();
        return write(out.<File>getValue().toPath(), files, terminal);
    }

    private static Json.Obj complete(List<Document> settings) {
        return SettingsDocument.complete(settings.stream()
                .sorted(Comparator.comparing(Document::isConfig))
                .flatMap(document -> SettingsDocument.of(document.tree(), new FieldErrors()).stream())
                .toList());
    }

    private static int write(Path directory, Map<String, String> files, Terminal terminal) {
        try {
            Files.createDirectories(directory);
            var site = directory.toAbsolutePath().normalize();
            for (var file : files.entrySet()) {
                var path = site.resolve(file.getKey()).normalize();
                if (!path.startsWith(site)) {
                    throw new IOException(file.getKey() + " is outside of it");
                }
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            terminal.err(directory + ": cannot write the site: " + e);
            return 2;
        }
        if (!Site.hasForms()) {
            terminal.err(
                    "The site has no forms, because npm was missing when this program was built. Install Node.js 20"
                            + " or later, remove target/.built, and run the command again.");
        }
        terminal.out(directory.resolve("index.html").toString());
        return 0;
    }
}
