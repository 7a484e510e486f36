package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Rules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a preview can simulate a failure of. */
final class FailureNames {
    private FailureNames() {}

    /** The names that {@code --fail} accepts. */
    static Set<String> of(Json environment, List<Document> settings) {
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
