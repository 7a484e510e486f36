package io.functionenvironment.documents;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files in {@code examples/monitoring} fit together: the metrics of Environments, the alerts and the dashboard. */
class MonitoringExamplesTest {
    private static final Path FOLDER = Path.of("examples/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:environment|grpc|function)_\\w+");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|by \\([^)]*\\)");
    private static final Pattern SELECTOR = Pattern.compile("(environment_\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
    /** What is counted, with parentheses within parentheses, and the value of a count of nothing. */
    private static final Pattern COUNT =
            Pattern.compile("\\bcount\\(((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*)\\)( or vector\\(0\\))?");

    private static final Pattern FILTER = Pattern.compile(" (?:unless|and|[=!]=|[<>]=?) ");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private static Json read(String name) throws IOException {
        return Yaml.documents(Files.readString(FOLDER.resolve(name))).getFirst();
    }

    private static Json resource() throws IOException {
        return read("kube-state-metrics.yaml").items("spec", "resources").getFirst();
    }

    private static List<Json> metrics() throws IOException {
        return resource().items("metrics");
    }

    private static String name(Json metric) {
        return "environment_" + metric.text("name").orElseThrow();
    }

    /** What describes the value of a metric. */
    private static Json value(Json metric) {
        return metric.at("each", "gauge").orElseGet(() -> metric.object("each", "info"));
    }

    private static Set<String> labels(Json metric) throws IOException {
        return Stream.of(value(metric), resource())
                .flatMap(json -> json.object("labelsFromPath").fields().keySet().stream())
                .collect(toCollection(TreeSet::new));
    }

    /** The queries of the alerts and of the dashboard. */
    private static List<String> queries() throws IOException {
        var alerts = read("alerts.yaml").items("groups").stream()
                .flatMap(group -> group.items("rules").stream())
                .map(rule -> rule.text("expr").orElseThrow());
        var panels = read("dashboard.json").items("panels").stream()
                .flatMap(panel -> panel.items("targets").stream())
                .map(target -> target.text("expr").orElseThrow());
        return Stream.concat(alerts, panels).toList();
    }

    @Test
    void everyMetricInAQueryExists() throws IOException {
        var known = new TreeSet<String>();
        metrics().forEach(metric -> known.add(name(metric)));
        var table =
                Markdown.rows(Markdown.read(Path.of("docs", "operations.md")).section("Metrics and alerts"));
        table.forEach(row -> CODE.matcher(row.getFirst()).results().forEach(found -> known.add(found.group(1))));
        var used = queries().stream()
                .flatMap(query ->
                        METRIC.matcher(LABELS.matcher(query).replaceAll("")).results())
                .map(found -> found.group().replaceFirst("_(bucket|sum|count)$", ""))
                .collect(toCollection(TreeSet::new));
        assertEquals(
                List.of(), used.stream().filter(name -> !known.contains(name)).toList());
        assertEquals(
                List.of("environment_app_ready", "environment_condition", "environment_info"),
                used.stream().filter(name -> name.startsWith("environment_")).toList());
    }

    /** Where nothing is left to be counted, a count has no value instead of 0, and neither has the query. */
    @Test
    void everyCountOfWhatAFilterLeavesIsZeroWhenNothingIsLeft() throws IOException {
        var counts = queries().stream()
                .flatMap(query -> COUNT.matcher(query).results())
                .filter(count -> FILTER.matcher(count.group(1)).find())
                .toList();
        assertFalse(counts.isEmpty());
        assertEquals(
                List.of(),
                counts.stream()
                        .filter(count -> count.group(2) == null)
                        .map(MatchResult::group)
                        .toList());
    }

    @Test
    void everyLabelInAQueryIsOneOfItsMetric() throws IOException {
        var wrong = new ArrayList<String>();
        for (var query : queries()) {
            for (var selector : SELECTOR.matcher(query).results().toList()) {
                var metric = metrics().stream()
                        .filter(each -> name(each).equals(selector.group(1)))
                        .findFirst()
                        .orElseThrow();
                var labels = labels(metric);
                LABEL.matcher(selector.group(2))
                        .results()
                        .map(found -> found.group(1))
                        .filter(label -> !labels.contains(label))
                        .forEach(label -> wrong.add(label + " in " + query));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theMetricsAreOfFieldsThatEnvironmentsHave() throws IOException {
        var definition = Yaml.documents(Files.readString(Path.of("package/configuration/definition.yaml")))
                .getFirst();
        var version = definition.items("spec", "versions").getFirst();
        assertEquals(
                List.of(
                        definition.text("spec", "group"),
                        version.text("name"),
                        definition.text("spec", "names", "kind")),
                Stream.of("group", "version", "kind").map(key -> resource(key)).toList());
        var wrong = new ArrayList<String>();
        for (var metric : metrics()) {
            var value = value(metric);
            var base = words(value.items("path"));
            value.object("labelsFromPath").fields().forEach((label, path) -> {
                var all = Stream.concat(base.stream(), words(((Json.Arr) path).items()).stream())
                        .toList();
                if (!exists(version.object("schema", "openAPIV3Schema"), all)) {
                    wrong.add(label + ": " + all);
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    private static Optional<String> resource(String key) {
        try {
            return resource().text("groupVersionKind", key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> words(List<Json> items) {
        return items.stream().map(item -> ((Json.Text) item).value()).toList();
    }

    /** Crossplane adds the conditions to the schema. */
    private static boolean exists(Json schema, List<String> path) {
        if (path.isEmpty() || path.subList(0, Math.min(2, path.size())).equals(List.of("status", "conditions"))) {
            return true;
        }
        var object = schema.at("items").orElse(schema);
        return object.at("properties", path.getFirst())
                .filter(next -> exists(next, path.subList(1, path.size())))
                .isPresent();
    }

    @Test
    void everyAlertSaysWhatItMeansAndTheTitlesOfPanelsDiffer() throws IOException {
        var rules = read("alerts.yaml").items("groups").getFirst().items("rules");
        assertEquals(
                List.of(),
                rules.stream()
                        .filter(rule -> rule.text("annotations", "summary").isEmpty()
                                || rule.text("for").isEmpty()
                                || rule.text("alert").isEmpty())
                        .toList());
        var titles = read("dashboard.json").items("panels").stream()
                .map(panel -> panel.text("title").orElseThrow())
                .toList();
        assertEquals(titles.stream().distinct().toList(), titles);
    }
}
