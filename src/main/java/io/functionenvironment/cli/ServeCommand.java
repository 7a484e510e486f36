package io.functionenvironment.cli;

import io.functionenvironment.main.ServerMain;
import java.util.List;

/** {@code environment serve}: starts the server. */
final class ServeCommand {
    private ServeCommand() {}

    static int run(List<String> arguments, Terminal terminal) {
        return ServerMain.run(arguments, System.getenv(), terminal.stdout(), terminal.stderr());
    }
}
