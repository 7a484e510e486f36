package io.functionenvironment.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment validate}: checks files and prints all errors. */
final class ValidateCommand implements Command {
    private final PositionalParamSpec files = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .required(true)
            .arity("1..*")
            .description("files with Environments and Settings; - reads standard input")
            .build();

    @Override
    public CommandSpec spec() {
        return Command.describe("validate", "Checks Environments and Settings, and prints all errors.")
                .addPositional(files);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var errors = new ArrayList<String>();
        var unreadable = false;
        for (var file : files.<List<File>>getValue()) {
            var found = new ArrayList<String>();
            var documents = Document.read(file.getPath(), found);
            unreadable |= !found.isEmpty();
            documents.forEach(document -> found.addAll(document.errors()));
            if (found.isEmpty()) {
                terminal.out(file + ": is valid");
            }
            errors.addAll(found);
        }
        errors.forEach(terminal::err);
        return errors.isEmpty() ? 0 : unreadable ? 2 : 1;
    }
}
