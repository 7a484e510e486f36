package io.functionenvironment.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The entry point of the command line for people, {@code ./environment}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var status = run(Arrays.asList(arguments), Terminal.standard(System.getenv()));
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs a command.
     *
     * @return the exit status: 0 for success, 1 if something is invalid or does not become ready, 2 for invalid usage or
     *     unreadable input; those of plan are in its help
     */
    static int run(List<String> arguments, Terminal terminal) {
        var commands = List.of(
                new PreviewCommand(terminal.unicode()),
                new PlanCommand(terminal.unicode()),
                new ValidateCommand(),
                new CatalogCommand(),
                new ServeCommand(),
                new CompletionCommand(),
                new VersionCommand(),
                new HelpCommand(
                        List.of("preview", "plan", "validate", "catalog", "serve", "completion", "version", "help")));
        var root = root();
        var byName = new LinkedHashMap<String, Command>();
        for (var command : commands) {
            var spec = command.spec();
            byName.put(spec.name(), command);
            root.addSubcommand(spec.name(), spec);
        }
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(
                        terminal.stdout(), true, terminal.stdout().charset()))
                .setErr(new PrintWriter(
                        terminal.stderr(), true, terminal.stderr().charset()))
                .setColorScheme(Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((error, ignored) -> {
                    terminal.err(UsageErrors.message(error));
                    return error.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
                })
                .setExecutionStrategy(parsed -> execute(parsed, byName, terminal))
                .execute(arguments.toArray(String[]::new));
    }

    private static CommandSpec root() {
        var root = Command.describe(
                        "environment",
                        "Previews, plans and validates Environments, writes a catalog, and serves the function.")
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("print the version")
                        .build())
                .version("function-environment " + version());
        var statuses = new LinkedHashMap<String, String>();
        statuses.put("0", "success");
        statuses.put("1", "a file is invalid, or the Environment does not become ready");
        statuses.put("2", "invalid usage, or a file that cannot be read");
        root.usageMessage().exitCodeListHeading("%nexit status:%n").exitCodeList(statuses);
        return root;
    }

    /** The version in the manifest of the jar; classes that run without a jar have none. */
    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(development build)");
    }

    private static int execute(ParseResult parsed, Map<String, Command> commands, Terminal terminal) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            var root = parsed.commandSpec().commandLine();
            root.usage(root.getOut());
            return 0;
        }
        var arguments = parsed.subcommand();
        return Objects.requireNonNull(commands.get(arguments.commandSpec().name()))
                .run(arguments, terminal);
    }
}
