package io.functionenvironment.cli;

import static java.util.stream.Collectors.joining;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Error messages for invalid usage: each names the argument, what was found and what is allowed. */
final class UsageErrors {
    private UsageErrors() {}

    static String message(ParameterException error) {
        var command = error.getCommandLine().getCommandSpec();
        return switch (error) {
                    case UnmatchedArgumentException unmatched ->
                        unmatched(unmatched.getUnmatched().getFirst(), command);
                    case MissingParameterException missing ->
                        missing.getMissing().stream().map(UsageErrors::missing).collect(joining("\n"));
                    case OverwrittenOptionException repeated ->
                        name(repeated.getOverwritten()) + " can be given only once";
                    default -> String.valueOf(error.getMessage());
                }
                + "\nRun \"%s --help\" for help.".formatted(command.qualifiedName());
    }

    private static String unmatched(String argument, CommandSpec command) {
        if (argument.startsWith("-") && argument.length() > 1) {
            return "unknown option %s; the options are %s".formatted(argument, options(command));
        }
        return command.subcommands().isEmpty()
                ? "unexpected argument \"%s\"; this command %s".formatted(argument, parameters(command))
                : "unknown command \"%s\"; the commands are %s".formatted(argument, commands(command));
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "%s needs a value: %s".formatted(name(option), option.paramLabel())
                : "%s is missing".formatted(name(argument));
    }

    static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    static String commands(CommandSpec command) {
        return String.join(", ", command.subcommands().keySet());
    }

    private static String options(CommandSpec command) {
        return command.options().stream().map(OptionSpec::longestName).collect(joining(", "));
    }

    private static String parameters(CommandSpec command) {
        return command.positionalParameters().isEmpty()
                ? "has only options"
                : command.positionalParameters().stream()
                        .map(UsageErrors::name)
                        .collect(joining(" ", "takes one ", ""));
    }
}
