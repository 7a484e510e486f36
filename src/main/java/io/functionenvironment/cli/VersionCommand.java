package io.functionenvironment.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment version}: prints the version, like {@code --version}. */
final class VersionCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Command.describe("version", "Prints the version.");
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var root = arguments.commandSpec().root().commandLine();
        root.printVersionHelp(root.getOut());
        return 0;
    }
}
