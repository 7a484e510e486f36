package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.ChartErrors;
import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads merged Settings and reports their errors. */
final class SettingsReader {
    private static final String SECURITY_FIXES = "securityFixes";
    private static final Pattern APPLY_OR_HOLD = Pattern.compile("apply|hold");
    private static final String REQUIRE_CONFIG = "requireEnvironmentConfig";
    private static final String TEAMS = "teams";
    private static final String PULL_REQUEST_URL = "pullRequestURL";

    /** What a team may have another value of. */
    static final Set<String> TEAM_FIELDS = Set.of(
            "sizes",
            "catalog",
            "apps",
            "host",
            "access",
            "vcluster",
            "limits",
            "manifests",
            "knative",
            "argocd",
            "argocdRegistration",
            "timing",
            "domain",
            SECURITY_FIXES,
            AddressReader.INGRESS,
            AddressReader.GATEWAY);

    private static final Set<String> FIELDS = Stream.concat(
                    TEAM_FIELDS.stream(), Stream.of(PULL_REQUEST_URL, REQUIRE_CONFIG, TEAMS))
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][-a-z0-9.]{0,62}");
    private static final String VALUE_SOURCES = "valueSources";
    private static final Pattern DEFINITION =
            Pattern.compile("(?=.{1,253}$)[a-z]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?){2,}");
    private static final String DEFINITION_ALLOWED =
            "the name of a CompositeResourceDefinition, like databases.example.org";
    private static final int MAX_SOURCES = 16;
    private static final int MAX_APPS = 50;
    private static final int MAX_REPOSITORIES = 100;

    private SettingsReader() {}

    /**
     * Reads Settings, with those of each team. The result is of no use if there are errors.
     *
     * @param merged the platform's Settings merged over the shipped defaults
     * @param explicit the platform's Settings alone
     */
    static Settings read(String base, Json.Obj merged, Json.Obj explicit, SizeFormats sizes, FieldErrors errors) {
        var at = FieldReader.at(base, Optional.of(merged), errors).only(FIELDS);
        PullRequestUrl.check(at.field(PULL_REQUEST_URL));
        var before = errors.size();
        var platform = rules(at, explicit, sizes);
        var own = errors.list()
                .subList(Math.min(before, errors.list().size()), errors.list().size());
        var teams = TeamsReader.read(at.field(TEAMS), merged, explicit, base, own, sizes);
        PlatformCharts.check(platform, teams, errors);
        return platform.withTeams(teams);
    }

    /** Reads all that may differ between teams. */
    static Settings rules(FieldReader at, Json.Obj explicit, SizeFormats sizes) {
        var catalog = new LinkedHashMap<String, App>();
        at.field("catalog").entries().forEach((name, entry) -> {
            if (!AppReader.NAMESPACE.matcher(name).matches()) {
                at.field("catalog")
                        .error("has the key " + Redaction.of(name) + "; must have keys of "
                                + AppReader.NAMESPACE_ALLOWED);
            }
            AppReader.entry(name, entry).ifPresent(app -> catalog.put(name, app));
        });
        var platformSizes = sizes.sizes(at.field("sizes"), explicit.object("sizes"));
        var apps = apps(at.field("apps"));
        var host = HostReader.read(at.field("host"));
        var access = AccessReader.read(at.field("access"));
        var vcluster = VclusterReader.read(at.field("vcluster"), explicit.object("vcluster"));
        var argocd = ArgoCdReader.read(at.field("argocd"), explicit.object("argocd"));
        var knative = KnativeOfferReader.read(at.field("knative"), explicit.object("knative"));
        var addons = Map.of("argocd", argocd.chart(), "knative", knative.chart());
        var domain = at.field("domain").text(LabelFormat.DOMAIN, LabelFormat.DOMAIN_ALLOWED);
        return new Settings(
                platformSizes,
                Map.copyOf(catalog),
                apps,
                PlatformCharts.of(at.path(), catalog, explicitCharts(explicit), apps, vcluster, addons),
                host,
                access,
                vcluster,
                limits(at.field("limits")),
                ManifestRulesReader.read(at.field("manifests")),
                argocd,
                knative,
                TimingReader.read(at.field("timing")),
                explicitCharts(explicit),
                domain,
                AddressReader.read(at, domain),
                ArgocdRegistrationReader.read(at.field("argocdRegistration")),
                at.field(SECURITY_FIXES).text(APPLY_OR_HOLD, "apply or hold").equals(Optional.of("hold")),
                at.field(REQUIRE_CONFIG).bool().orElse(false),
                List.of());
    }

    private static Set<String> explicitCharts(Json.Obj explicit) {
        return explicit.object("catalog").fields().entrySet().stream()
                .filter(entry -> entry.getValue().at("chart").isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<App> apps(FieldReader at) {
        var names = new HashSet<String>();
        var apps = new ArrayList<App>();
        for (var item : at.items(MAX_APPS)) {
            AppReader.platformApp(item).ifPresent(app -> {
                if (!names.add(app.name())) {
                    item.error("is a second app named \"" + app.name() + "\"; rename one of them");
                }
                apps.add(app);
            });
        }
        return List.copyOf(apps);
    }

    private static Limits limits(FieldReader at) {
        at.only(Set.of("chartRepositories", "maxApps", VALUE_SOURCES, "secretNamePrefix"));
        var repositories = at.field("chartRepositories").items(MAX_REPOSITORIES).stream()
                .flatMap(item -> item
                        .required(ChartReader.REPOSITORY_ALLOWED)
                        .text(ChartReader.REPOSITORY, ChartReader.REPOSITORY_ALLOWED, ChartErrors::repository)
                        .stream())
                .toList();
        return new Limits(
                repositories,
                at.field("maxApps").integer(0, MAX_APPS).orElse(MAX_APPS),
                at.field(VALUE_SOURCES).items(MAX_SOURCES).stream()
                        .flatMap(
                                item -> item.required(DEFINITION_ALLOWED).text(DEFINITION, DEFINITION_ALLOWED).stream())
                        .toList(),
                at.field("secretNamePrefix").text(PREFIX, "the beginning of the name of a Secret, like values-"));
    }
}
