package io.functionenvironment.api.app;

import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Nesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads apps and reports their errors. The XRD has the same rules; the examples in {@code examples/rejected} are checked
 * against both.
 */
public final class AppReader {
    /** At most 40 characters: Helm allows 53 for the name of a release, and names derived from an app's name are longer. */
    public static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    public static final String NAME_ALLOWED =
            "1 to 40 lower case letters, digits and '-', beginning with a letter and not ending with '-'";
    public static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    public static final String NAMESPACE_ALLOWED =
            "1 to 63 lower case letters, digits and '-', not beginning or ending with '-'";
    /** Names of add-ons, which {@code dependsOn} may refer to, so no app may have them. */
    public static final Set<String> RESERVED = Set.of("argocd", "knative");

    /** The name of an object. */
    public static final Pattern OBJECT = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final Set<String> FIELDS = fields("name", "catalog", "dependsOn", RetryRequestReader.FIELD);
    private static final Set<String> PLATFORM_FIELDS =
            fields("name", "catalog", "dependsOn", RetryRequestReader.FIELD, EnvironmentValueReader.FIELD);
    private static final Set<String> ENTRY_FIELDS =
            fields("description", "locked", "templates", EnvironmentValueReader.FIELD);
    private static final int MAX_DEPENDENCIES = 16;

    private AppReader() {}

    private static Set<String> fields(String... own) {
        return Stream.of(
                        Stream.of(own),
                        Stream.of("chart", "namespace", "values", "valuesFrom", "set"),
                        InstallationReader.FIELDS.stream())
                .flatMap(names -> names)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What {@link #OBJECT} allows as the name of an object of a kind, in words. */
    public static String allowedName(String kind) {
        return "the name of a " + kind + ": at most 253 lower case letters, digits, '-' and '.'";
    }

    /** The app of a team at a field; empty, with errors, if any part of it is invalid. */
    public static Optional<App> app(FieldReader at) {
        return app(at, FIELDS, true);
    }

    /** Likewise, an app of the platform. */
    public static Optional<App> platformApp(FieldReader at) {
        return app(at, PLATFORM_FIELDS, false);
    }

    private static Optional<App> app(FieldReader at, Set<String> known, boolean team) {
        var before = at.errorCount();
        at.required("an object with a name").only(known);
        if (at.errorCount() > before && !(at.value() instanceof Json.Obj)) {
            return Optional.empty();
        }
        var name = at.field("name")
                .required(NAME_ALLOWED)
                .text(NAME, NAME_ALLOWED)
                .filter(text -> {
                    var reserved = RESERVED.contains(text);
                    if (reserved) {
                        at.field("name")
                                .error("is \"" + text + "\", which is reserved for an add-on; choose another name");
                    }
                    return !reserved;
                })
                .orElse("");
        var catalog = at.field("catalog").text(NAMESPACE, NAMESPACE_ALLOWED);
        var chart = ChartReader.partial(at.field("chart"));
        if (catalog.isPresent() && chart.repository().isPresent()) {
            at.field("catalog").error("is set together with chart.repository; remove one of the two");
        }
        var dependsOn = new ArrayList<String>();
        for (var item : at.field("dependsOn").items(MAX_DEPENDENCIES)) {
            item.required("the name of an app, manifest or add-on")
                    .text(NAME, NAME_ALLOWED)
                    .ifPresent(other -> {
                        if (other.equals(name)) {
                            at.field("dependsOn").error("contains the app itself; remove \"" + name + "\"");
                        } else if (dependsOn.contains(other)) {
                            item.error("repeats \"" + other + "\"; remove the duplicate");
                        } else {
                            dependsOn.add(other);
                        }
                    });
        }
        var installation = InstallationReader.read(at, chart.repository().isPresent());
        var app = app(at, name, catalog, chart, dependsOn, installation, team);
        return at.errorCount() == before ? Optional.of(app) : Optional.empty();
    }

    /** The catalog entry at a field; empty, with errors, if any part of it is invalid. */
    public static Optional<App> entry(String name, FieldReader at) {
        var before = at.errorCount();
        at.only(ENTRY_FIELDS).field("description").text();
        var chart = ChartReader.complete(at.field("chart"));
        var installation = InstallationReader.read(at, true);
        var app = app(at, name, Optional.empty(), chart, List.of(), installation, false);
        if (at.errorCount() == before) {
            SetReader.refuseUnreadable(at.field("set"), app.set());
        }
        var entry = app.withLocks(LockReader.read(
                at, PlacedValues.sample(app.values(), app.environmentValues()), app.set(), at.errorCount() == before));
        return at.errorCount() == before ? Optional.of(entry) : Optional.empty();
    }

    private static App app(
            FieldReader at,
            String name,
            Optional<String> catalog,
            Chart chart,
            List<String> dependsOn,
            Installation installation,
            boolean team) {
        Nesting.check(at.field("values"));
        ExactNumbers.check(at.field("values"));
        var values = at.field("values").object().orElse(Json.Obj.EMPTY);
        var depending = EnvironmentValueReader.read(at.field(EnvironmentValueReader.FIELD), values);
        var resources = team ? ValuesFromReader.resources(at.field("valuesFrom")) : List.<ResourceValue>of();
        var sample = values;
        for (var resource : resources) {
            sample = resource.below(sample, new Json.Text("x"));
        }
        return new App(
                at.path(),
                name,
                catalog,
                chart,
                at.field("namespace").text(NAMESPACE, NAMESPACE_ALLOWED),
                values,
                ValuesFromReader.items(at.field("valuesFrom"), team),
                resources,
                SetReader.read(at.field("set"), PlacedValues.sample(sample, depending)),
                List.copyOf(dependsOn),
                List.of(),
                at.field("templates").bool().orElse(false),
                depending,
                installation);
    }
}
