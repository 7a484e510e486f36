package io.functionenvironment.cli;

import io.functionenvironment.main.ServerMain;
import io.functionenvironment.server.ServerFlag;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment serve}: starts the server, which parses the flags itself; here they are only documented. */
final class ServeCommand implements Command {
    @Override
    public CommandSpec spec() {
        var spec = Command.describe("serve", "Serves the function to Crossplane over gRPC until SIGTERM.");
        for (var flag : ServerFlag.values()) {
            var option = OptionSpec.builder(flag.names().toArray(String[]::new)).description(flag.help());
            flag.value()
                    .ifPresentOrElse(
                            label -> option.paramLabel(label).type(String.class), () -> option.type(boolean.class));
            spec.addOption(option.build());
        }
        spec.parser().overwrittenOptionsAllowed(true);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        return ServerMain.run(arguments.originalArgs(), System.getenv(), terminal.stdout(), terminal.stderr());
    }
}
