package io.functionenvironment.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment help}: prints the help of a command, or of all. */
final class HelpCommand implements Command {
    private final List<String> commands;
    private final PositionalParamSpec command;

    /** @param commands that have a help */
    HelpCommand(List<String> commands) {
        this.commands = commands;
        this.command = PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .type(String.class)
                .arity("0..1")
                .completionCandidates(commands)
                .description("the command to explain (default: all commands)")
                .build();
    }

    @Override
    public CommandSpec spec() {
        return Command.describe("help", "Prints the help of a command.").addPositional(command);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var root = arguments.commandSpec().root();
        var name = Optional.ofNullable(command.<String>getValue());
        if (name.filter(given -> !commands.contains(given)).isPresent()) {
            throw Command.invalid(arguments, command, name.get(), "one of " + String.join(", ", commands));
        }
        var explained = name.map(root.subcommands()::get).orElseGet(root::commandLine);
        explained.usage(explained.getOut());
        return 0;
    }
}
