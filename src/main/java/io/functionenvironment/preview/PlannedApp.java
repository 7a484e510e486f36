package io.functionenvironment.preview;

import io.functionenvironment.Evaluation;
import io.functionenvironment.Registry;
import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.charts.GivenValues;
import io.functionenvironment.charts.Source;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.resource.ConfigMap;
import io.functionenvironment.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app of a new Environment, as it would be installed.
 *
 * @param values those of its Release
 */
public record PlannedApp(String name, Chart chart, GivenValues values) {

    /** All that the function would install. What it refuses is left out. */
    public static List<PlannedApp> of(Json.Obj environment, Optional<Json.Obj> input, Optional<Json.Obj> config) {
        if (!(Validation.evaluation(environment, input, config) instanceof Evaluation.Evaluated evaluated)) {
            return List.of();
        }
        var errors = new FieldErrors();
        var settings = Rules.of(input, config)
                .settings()
                .in(environment.text("metadata", "namespace").orElse(""));
        var requested = Registry.SHIPPED.readFile(environment, errors).stream().flatMap(read -> read.apps().stream());
        return Stream.concat(settings.apps().stream(), requested)
                .flatMap(app -> of(app, settings, evaluated.graph()).stream())
                .toList();
    }

    private static Optional<PlannedApp> of(App app, Settings settings, ComponentGraph graph) {
        return owned(app, graph)
                .flatMap(component ->
                        component.resource() instanceof Release release ? Stream.of(release) : Stream.empty())
                .findFirst()
                .map(release -> new PlannedApp(
                        app.name(), release.chart(), given(release, base(app, graph), app, entry(app, settings))));
    }

    private static Stream<Component> owned(App app, ComponentGraph graph) {
        return graph.components().values().stream()
                .filter(component -> component.owner().equals(new Owner.App(app.name())));
    }

    /** The values of the catalog entry that stand between its references and those of the app. */
    private static Optional<Json.Obj> base(App app, ComponentGraph graph) {
        return owned(app, graph)
                .flatMap(component ->
                        component.resource() instanceof ConfigMap(var data) ? data.values().stream() : Stream.empty())
                .flatMap(text -> Yaml.documents(text).stream())
                .flatMap(json -> json instanceof Json.Obj object ? Stream.of(object) : Stream.empty())
                .findFirst();
    }

    private static Optional<App> entry(App app, Settings settings) {
        return app.chart().repository().isPresent()
                ? Optional.empty()
                : Optional.ofNullable(settings.catalog().get(app.catalog().orElse(app.name())));
    }

    private static GivenValues given(Release release, Optional<Json.Obj> base, App app, Optional<App> entry) {
        var above = release.values().inline();
        var unknown = new ArrayList<ValuePath>();
        for (var item : SetItem.of(release.values().set())) {
            var over = item.over(above);
            above = over.orElse(above);
            if (over.isEmpty()) {
                unknown.addAll(item.paths().orElse(List.of(new ValuePath(List.of()))));
            }
        }
        app.resourceValues().forEach(value -> unknown.add(value.to()));
        var locked = entry.stream()
                .flatMap(some -> some.locked().stream())
                .map(lock -> lock.path())
                .toList();
        var sources = Stream.concat(
                        sources(app).<Source>map(source -> new Source.Unlocked(source, locked)),
                        entry.stream().flatMap(PlannedApp::sources))
                .toList();
        return new GivenValues(
                app.path() + ".values",
                base.orElse(Json.Obj.EMPTY),
                above,
                !release.values().from().isEmpty(),
                List.copyOf(unknown),
                sources);
    }

    /** Where an app or a catalog entry writes values, the ones that win first. */
    private static Stream<Source> sources(App app) {
        var items = new ArrayList<Source>();
        for (var i = 0; i < app.set().size(); i++) {
            items.addFirst(Source.Paths.of(
                    app.path() + ".set[" + i + "]", SetItem.of(app.set().get(i))));
        }
        var depending = app.environmentValues().stream()
                .<Source>map(value -> new Source.Paths(value.field(), List.of(value.path())));
        return Stream.of(
                        items.stream(),
                        depending,
                        Stream.<Source>of(new Source.Values(app.path() + ".values", app.values())))
                .flatMap(all -> all);
    }
}
