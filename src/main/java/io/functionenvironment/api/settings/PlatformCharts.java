package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.FieldErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The charts that the platform installs. provider-helm caches a chart as NAME-VERSION.tgz, whichever repository it is from, and
 * uses the file if it exists. So a chart of the same name from another repository can be installed in the place of one of these.
 *
 * @param uses in the order in which they are named in errors
 */
public record PlatformCharts(List<Use> uses) {
    private static final String VCLUSTER = "vcluster";

    /**
     * A chart, and where Settings have it.
     *
     * @param path of the field with the chart in Settings
     * @param words what the chart is, for teams
     * @param entry the name of the catalog entry, for the chart of one
     */
    public record Use(String path, String words, Optional<String> entry, Chart chart) {
        static Use of(String path, String words, Chart chart) {
            return new Use(path, words, Optional.empty(), chart);
        }

        /** As those see it who are offered something else: other entries and apps are none of their business. */
        private Use ofOthers() {
            return Use.of(path, "a chart of the platform", chart);
        }
    }

    /**
     * The charts of Settings.
     *
     * @param base the path of these Settings
     * @param explicit the catalog entries whose chart the platform set itself. Errors are at these, and not at shipped ones
     * @param addons the charts of add-ons by name
     */
    static PlatformCharts of(
            String base,
            Map<String, App> catalog,
            Set<String> explicit,
            List<App> apps,
            VclusterOffer vcluster,
            Map<String, Chart> addons) {
        var uses = new ArrayList<Use>();
        uses.add(Use.of(
                base + "." + VCLUSTER,
                "the chart that installs clusters",
                new Chart(
                        Optional.of(vcluster.repository()),
                        Optional.of(VCLUSTER),
                        Optional.of(vcluster.version()),
                        vcluster.digest(),
                        vcluster.pullSecret())));
        new TreeMap<>(addons)
                .forEach(
                        (name, chart) -> uses.add(Use.of(base + "." + name, "the chart of the add-on " + name, chart)));
        catalog.values().stream()
                .sorted(Comparator.<App, Boolean>comparing(entry -> explicit.contains(entry.name()))
                        .thenComparing(App::name))
                .forEach(entry -> uses.add(new Use(
                        entry.path(),
                        "the chart of the catalog entry \"" + entry.name() + "\"",
                        Optional.of(entry.name()),
                        entry.chart())));
        apps.stream()
                .filter(app -> app.chart().repository().isPresent())
                .forEach(app -> uses.add(Use.of(app.path(), "the chart of an app of the platform", app.chart())));
        return new PlatformCharts(uses);
    }

    /** These charts, and those of others that are not among them. */
    PlatformCharts beside(List<PlatformCharts> others) {
        var all = new ArrayList<>(uses);
        var known = new HashSet<Chart>();
        uses.forEach(use -> known.add(use.chart));
        for (var other : others) {
            other.uses.stream()
                    .filter(use -> known.add(use.chart))
                    .map(Use::ofOthers)
                    .forEach(all::add);
        }
        return new PlatformCharts(List.copyOf(all));
    }

    /** The first of these charts that another one, from another repository, can take the place of. */
    public Optional<Use> replacedBy(Chart chart) {
        return uses.stream()
                .filter(use -> mayShareAFile(name(use.chart), name(chart)))
                .filter(use -> !address(use.chart).equals(address(chart)))
                .findFirst();
    }

    /** Reports charts of the platform and its teams of which the one would be installed in the place of the other. */
    static void check(Settings platform, List<Team> teams, FieldErrors errors) {
        platform.charts()
                .beside(teams.stream().map(team -> team.settings().charts()).toList())
                .check(errors);
    }

    private void check(FieldErrors errors) {
        var files = new HashMap<String, List<Use>>();
        for (var use : uses) {
            var earlier = file(use.chart)
                    .map(file -> files.computeIfAbsent(file, ignored -> new ArrayList<>()))
                    .orElseGet(ArrayList::new);
            earlier.stream()
                    .filter(other -> !address(other.chart).equals(address(use.chart)))
                    .findFirst()
                    .ifPresent(other -> errors.add(
                            use.path + ".chart",
                            "is " + use.chart + " from " + address(use.chart).orElse("") + ", but "
                                    + lastKeys(other.path) + ".chart is "
                                    + other.chart + " from "
                                    + address(other.chart).orElse("")
                                    + ", and provider-helm keeps charts by name and version only, so either may be"
                                    + " installed in the place of the other; use one repository, or another version"));
            earlier.add(use);
        }
    }

    /** The path below the kind of the document and its field. */
    private static String lastKeys(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    /**
     * Whether charts of these names have the same file in some version. The name of a chart may end with what looks like the
     * beginning of a version: {@code a-1.0.0-2.0.0.tgz} is of {@code a} or of {@code a-1.0.0}.
     */
    private static boolean mayShareAFile(String one, String other) {
        return one.equals(other) || isBeginning(one, other) || isBeginning(other, one);
    }

    private static boolean isBeginning(String name, String longer) {
        return longer.length() > name.length()
                && longer.charAt(name.length()) == '-'
                && longer.startsWith(name)
                && ChartReader.VERSION
                        .matcher(longer.substring(name.length() + 1))
                        .matches();
    }

    private static String name(Chart chart) {
        return chart.name().orElse("");
    }

    private static Optional<String> file(Chart chart) {
        return chart.digest().isPresent() || chart.repository().orElse("").isEmpty()
                ? Optional.empty()
                : chart.version().map(version -> name(chart) + "-" + version);
    }

    /** The repository of a chart, without the slashes at its end, which mean nothing. */
    public static Optional<String> address(Chart chart) {
        return chart.repository().map(repository -> repository.replaceFirst("/+$", ""));
    }
}
