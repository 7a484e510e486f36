package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.PreviewRequest;
import io.functionenvironment.preview.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a preview can simulate a failure of. */
final class FailureNames {
    private FailureNames() {}

    /** The failures that an option requests. */
    static List<PreviewRequest.Failure> failures(
            ParseResult arguments, OptionSpec option, Json environment, List<Document> settings) {
        var names = of(environment, settings);
        var failures = new ArrayList<PreviewRequest.Failure>();
        for (var text : arguments.matchedOptionValue(option.longestName(), List.<String>of())) {
            var equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            if (!names.contains(name)) {
                throw Command.invalid(arguments, option, name, "one of " + String.join(", ", names));
            }
            failures.add(new PreviewRequest.Failure(
                    name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1))));
        }
        return List.copyOf(failures);
    }

    /** The names that {@code --fail} accepts. */
    private static Set<String> of(Json environment, List<Document> settings) {
        var names = new TreeSet<>(Set.of("cluster"));
        AppReader.RESERVED.stream()
                .filter(addon -> environment.isTrue("spec", addon, "enabled"))
                .forEach(names::add);
        Registry.SHIPPED
                .readFile(environment, new FieldErrors())
                .ifPresent(read -> read.apps().stream().map(App::name).forEach(names::add));
        Rules.of(SettingsFiles.input(settings), SettingsFiles.config(settings))
                .settings()
                .in(environment.text("metadata", "namespace").orElse(""))
                .apps()
                .forEach(app -> names.add(app.name()));
        return names;
    }
}
