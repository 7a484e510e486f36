package io.functionenvironment.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command of the command line. */
interface Command {
    /** Options, parameters and help text. The model is built in code, which starts 50 ms faster than annotations. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @return the exit status
     * @throws ParameterException if an option or a parameter is invalid
     */
    int run(ParseResult arguments, Terminal terminal);

    /** The start of a specification: a name, a description and {@code --help}. */
    static CommandSpec describe(String name, String description) {
        var spec = CommandSpec.create()
                .name(name)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("print this help")
                        .build());
        spec.usageMessage()
                .width(100)
                .description(description)
                .synopsisHeading("usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%nparameters:%n")
                .optionListHeading("%noptions:%n")
                .commandListHeading("%ncommands:%n")
                .sortOptions(false);
        return spec;
    }

    /** The error for an invalid value: names the argument, the value and what it must be. */
    static ParameterException invalid(ParseResult arguments, ArgSpec argument, String value, String allowed) {
        var message = "%s is \"%s\"; must be %s".formatted(UsageErrors.name(argument), value, allowed);
        return new ParameterException(arguments.commandSpec().commandLine(), message);
    }
}
