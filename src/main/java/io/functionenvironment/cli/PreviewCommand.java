package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Preview;
import io.functionenvironment.preview.PreviewRequest;
import io.functionenvironment.preview.TextView;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment preview}: simulates an Environment and prints what happens. */
final class PreviewCommand implements Command {
    private static final List<String> OUTPUTS = List.of("text", "yaml", "json", "svg");

    private final PositionalParamSpec environment = PositionalParamSpec.builder()
            .paramLabel("ENVIRONMENT.yaml")
            .type(File.class)
            .required(true)
            .arity("1")
            .description("file with one Environment; - reads standard input")
            .build();
    private final OptionSpec settings = SettingsFiles.option();
    private final OptionSpec chart = ChartFiles.option();
    private final OptionSpec from = OptionSpec.builder("--from")
            .paramLabel("FILE")
            .type(File.class)
            .description(
                    "file with the same Environment as it is now: previews the change of it, instead of its creation")
            .build();
    private final OptionSpec resource = ResourceFiles.option();
    private final OptionSpec fail = OptionSpec.builder("--fail")
            .paramLabel("NAME[=MESSAGE]")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("simulate a failure of an app or of \"cluster\", optionally with this error message from"
                    + " Helm; can be repeated")
            .build();
    private final OptionSpec until = OptionSpec.builder("--until")
            .paramLabel("N")
            .type(String.class)
            .description(
                    "stop after N reconciliations; the first of them calls the function twice, the second time with"
                            + " the Settings that it asks for")
            .build();
    private final OptionSpec output = OptionSpec.builder("-o")
            .paramLabel("text|yaml|json|svg")
            .type(String.class)
            .completionCandidates(OUTPUTS)
            .description("print each step as text (default), the composed resources at the end as YAML or JSON, or a"
                    + " diagram of the components as SVG")
            .build();

    private final boolean unicode;

    /** @param unicode whether characters beyond ASCII can be shown */
    PreviewCommand(boolean unicode) {
        this.unicode = unicode;
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.describe("preview", "Simulates creating or changing an Environment and prints each step.");
        spec.usageMessage().footer(new TextView(false, unicode).legend().split("\n", -1));
        return spec.addPositional(environment)
                .addOption(settings)
                .addOption(chart)
                .addOption(from)
                .addOption(resource)
                .addOption(fail)
                .addOption(until)
                .addOption(output);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var format = output(arguments);
        var reconciliations = reconciliations(arguments);
        var errors = new ArrayList<String>();
        var file = environment.<File>getValue().getPath();
        var documents = new ArrayList<>(DocumentFiles.read(file, errors));
        for (var each : SettingsFiles.given(arguments, settings)) {
            documents.addAll(SettingsFiles.read(each, errors));
        }
        var former = arguments.hasMatchedOption(from)
                ? DocumentFiles.read(from.<File>getValue().getPath(), errors)
                : List.<Document>of();
        var charts = ChartFiles.read(arguments, chart, errors);
        var others = ResourceFiles.read(arguments, resource, errors);
        var unreadable = !errors.isEmpty();
        documents.forEach(document -> errors.addAll(document.errors()));
        documents.forEach(document -> document.warnings().forEach(terminal::err));
        var environments =
                documents.stream().filter(document -> !document.isSettings()).toList();
        if (errors.isEmpty() && environments.size() != 1) {
            errors.add("%s: contains %d Environments; it must contain one".formatted(file, environments.size()));
        }
        var offered = documents.stream().filter(Document::isSettings).toList();
        var before = before(former, environments, errors);
        SettingsFiles.refuseSeveral(offered, errors);
        if (errors.isEmpty()) {
            errors.addAll(SettingsFiles.errors(offered));
        }
        var report = arguments.hasMatchedOption(chart) && errors.isEmpty()
                ? Optional.of(ChartFiles.check(environments.getFirst(), offered, charts))
                : Optional.<ChartFiles.Report>empty();
        report.ifPresent(some -> {
            errors.addAll(some.errors());
            some.notes().forEach(terminal::err);
        });
        if (!errors.isEmpty()) {
            Document.hinted(
                            errors,
                            Stream.concat(documents.stream(), former.stream()).toList())
                    .forEach(terminal::err);
            return unreadable ? 2 : 1;
        }
        var result = Preview.of(new PreviewRequest(
                object(environments.getFirst()),
                before,
                SettingsFiles.input(offered),
                SettingsFiles.config(offered),
                others,
                FailureNames.failures(arguments, fail, object(environments.getFirst()), offered),
                reconciliations));
        switch (format) {
            case "yaml" -> terminal.write(result.yaml());
            case "json" -> terminal.write(result.json());
            case "svg" -> terminal.write(result.svg().orElse(""));
            default ->
                terminal.print(new TextView(terminal.colour(), terminal.unicode())
                        .render(result, report.map(ChartFiles.Report::missing)));
        }
        if (!format.equals("text")) {
            result.missing().forEach(terminal::err);
        }
        return (result.ready() || reconciliations.isPresent())
                        && result.refused().isEmpty()
                ? 0
                : 1;
    }

    /** The Environment as it is now; empty if its creation is previewed. */
    private Optional<Json.Obj> before(List<Document> former, List<Document> after, List<String> errors) {
        var found = former.stream().filter(document -> !document.isSettings()).toList();
        found.forEach(document -> errors.addAll(document.errors()));
        if (!former.isEmpty()
                && errors.isEmpty()
                && (found.size() != 1 || !Document.areSame(object(found.getFirst()), object(after.getFirst())))) {
            errors.add("--from: %s must contain one Environment, with the same kind, namespace and name"
                    .formatted(former.getFirst().file()));
        }
        return found.stream().findFirst().map(PreviewCommand::object);
    }

    /** As kubectl would create it. */
    private static Json.Obj object(Document environment) {
        return SettingsFiles.inNamespace(environment.named().tree());
    }

    private String output(ParseResult arguments) {
        var format = arguments.matchedOptionValue(output.longestName(), OUTPUTS.getFirst());
        if (!OUTPUTS.contains(format)) {
            throw Command.invalid(arguments, output, format, "one of " + String.join(", ", OUTPUTS));
        }
        return format;
    }

    private Optional<Integer> reconciliations(ParseResult arguments) {
        var number = arguments.matchedOptionValue(until.longestName(), "");
        if (arguments.hasMatchedOption(until) && !number.matches("[1-9][0-9]{0,4}")) {
            throw Command.invalid(arguments, until, number, "a whole number from 1 to 99999");
        }
        return number.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(number));
    }
}
