package io.functionenvironment.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment completion}: prints a completion script, which is the same for both shells. */
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final PositionalParamSpec shell = PositionalParamSpec.builder()
            .paramLabel("SHELL")
            .type(String.class)
            .required(true)
            .arity("1")
            .completionCandidates(SHELLS)
            .description("bash or zsh")
            .build();

    @Override
    public CommandSpec spec() {
        return Command.describe(
                        "completion", "Prints a completion script for a shell: source <(environment completion bash)")
                .addPositional(shell);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var name = shell.<String>getValue();
        if (!SHELLS.contains(name)) {
            throw Command.invalid(arguments, shell, name, String.join(" or ", SHELLS));
        }
        var root = arguments.commandSpec().root();
        terminal.write(AutoComplete.bash(root.name(), root.commandLine()));
        return 0;
    }
}
