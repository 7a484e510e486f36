package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import java.io.File;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Other resources in the host cluster, of which apps have values. */
final class ResourceFiles {
    private ResourceFiles() {}

    /** The option that names them. */
    static OptionSpec option() {
        return OptionSpec.builder("--resource")
                .paramLabel("FILE")
                .type(List.class)
                .auxiliaryTypes(File.class)
                .description("file with resources that valuesFrom refers to, as kubectl get -o yaml prints them; can be"
                        + " repeated")
                .build();
    }

    static List<Json.Obj> read(ParseResult arguments, OptionSpec option, List<String> errors) {
        return arguments.matchedOptionValue(option.longestName(), List.<File>of()).stream()
                .flatMap(file -> DocumentFiles.all(file.getPath(), errors).stream())
                .map(Document::tree)
                .toList();
    }
}
