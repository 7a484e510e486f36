package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import io.functionenvironment.plan.Offered;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.plan.PlanJson;
import io.functionenvironment.plan.PlanRequest;
import io.functionenvironment.plan.PlanResult;
import io.functionenvironment.plan.PlanResult.Outcome;
import io.functionenvironment.plan.PlanText;
import io.functionenvironment.plan.UnreadableState;
import io.functionenvironment.preview.TextView;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment plan}: predicts what happens to Environments that exist. */
final class PlanCommand implements Command {
    private static final List<String> OUTPUTS = List.of("text", "json");
    private static final int CHANGES = 2;

    private final PositionalParamSpec name = PositionalParamSpec.builder()
            .paramLabel("NAMESPACE/NAME")
            .type(String.class)
            .arity("0..1")
            .description("the Environment to plan; needed if neither --environment nor --all is given and the state has"
                    + " several")
            .build();
    private final OptionSpec environment = OptionSpec.builder("--environment")
            .paramLabel("FILE")
            .type(File.class)
            .description("file with the Environment as it will be applied")
            .build();
    private final OptionSpec settings = SettingsFiles.option();
    private final OptionSpec all = OptionSpec.builder("--all")
            .description("plan all Environments, such as for changed Settings or another release of the function")
            .build();
    private final OptionSpec output = OptionSpec.builder("-o")
            .paramLabel("text|json")
            .type(String.class)
            .completionCandidates(OUTPUTS)
            .description("print text (default) or JSON")
            .build();
    private final StateOptions state = new StateOptions();
    private final boolean unicode;

    /** @param unicode whether characters beyond ASCII can be shown */
    PlanCommand(boolean unicode) {
        this.unicode = unicode;
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.describe(
                        "plan",
                        "Predicts what a changed Environment, changed Settings or this release of the function will do"
                                + " to Environments that exist, over time. It writes nothing, and reads no Secret.")
                .addPositional(name)
                .addOption(environment)
                .addOption(settings)
                .addOption(all);
        state.options().forEach(spec::addOption);
        var statuses = new LinkedHashMap<String, String>();
        statuses.put("0", "no component changes");
        statuses.put("1", "something is invalid, cannot be read, or will be refused");
        statuses.put("2", "components change");
        spec.exitCodeOnInvalidInput(1);
        spec.usageMessage().exitCodeListHeading("%nexit status:%n").exitCodeList(statuses);
        spec.usageMessage().footer(new TextView(false, unicode).legend().split("\n", -1));
        return spec.addOption(output);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var format = arguments.matchedOptionValue(output.longestName(), OUTPUTS.getFirst());
        if (!OUTPUTS.contains(format)) {
            throw Command.invalid(arguments, output, format, "one of " + String.join(", ", OUTPUTS));
        }
        var errors = new ArrayList<String>();
        var changed = changed(arguments, errors);
        var offered = settings(arguments, errors);
        if (!errors.isEmpty()) {
            errors.forEach(terminal::err);
            return 1;
        }
        try {
            var plans = plans(arguments, changed, offered, terminal);
            var view = new TextView(terminal.colour(), terminal.unicode());
            if (format.equals("json")) {
                terminal.write(PlanJson.of(plans));
            } else {
                terminal.print(new PlanText(view).render(plans));
            }
            return status(plans);
        } catch (UnreadableState bad) {
            bad.text().lines().forEach(terminal::err);
            return 1;
        }
    }

    private static int status(List<PlanResult> plans) {
        return plans.stream().anyMatch(plan -> plan.outcome() == Outcome.REFUSED)
                ? 1
                : plans.stream().anyMatch(plan -> plan.outcome() == Outcome.CHANGED) ? CHANGES : 0;
    }

    private List<PlanResult> plans(
            ParseResult arguments, Optional<Json.Obj> changed, Offered offered, Terminal terminal) {
        var wanted = new Wanted(changed, Optional.ofNullable(name.<String>getValue()), arguments.hasMatchedOption(all));
        var found = state.read(arguments, wanted);
        var requests = new ArrayList<PlanRequest>();
        for (var live : found.environments()) {
            if (wanted.all() && live.at("metadata", "deletionTimestamp").isPresent()) {
                terminal.err("%s/%s is being deleted; it has no plan"
                        .formatted(
                                live.text("metadata", "namespace").orElse(""),
                                live.text("metadata", "name").orElse("")));
                continue;
            }
            requests.add(new PlanRequest(found.state(), Optional.of(live), changed, offered, Instant.now()));
        }
        if (found.environments().isEmpty()) {
            requests.add(new PlanRequest(found.state(), Optional.empty(), changed, offered, Instant.now()));
        }
        return found.others().complete(requests).stream().map(Plan::of).toList();
    }

    private Optional<Json.Obj> changed(ParseResult arguments, List<String> errors) {
        if (!arguments.hasMatchedOption(environment)) {
            return Optional.empty();
        }
        var file = environment.<File>getValue().getPath();
        var found = DocumentFiles.read(file, errors).stream()
                .filter(document -> !document.isSettings())
                .toList();
        if (errors.isEmpty() && found.size() != 1) {
            errors.add("--environment: %s contains %d Environments; it must contain one".formatted(file, found.size()));
        }
        found.forEach(document -> errors.addAll(document.errors()));
        return found.stream()
                .findFirst()
                .map(document -> SettingsFiles.inNamespace(document.named().tree()));
    }

    private Offered settings(ParseResult arguments, List<String> errors) {
        var documents = new ArrayList<Document>();
        for (var file : SettingsFiles.given(arguments, settings)) {
            documents.addAll(SettingsFiles.read(file, errors));
        }
        documents.forEach(document -> errors.addAll(document.errors()));
        SettingsFiles.refuseSeveral(documents, errors);
        if (errors.isEmpty()) {
            errors.addAll(SettingsFiles.errors(documents));
        }
        return new Offered(SettingsFiles.input(documents), SettingsFiles.config(documents));
    }
}
