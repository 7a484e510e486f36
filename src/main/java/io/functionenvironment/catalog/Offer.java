package io.functionenvironment.catalog;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a platform offers in its Settings.
 *
 * @param sizes with their facts, such as cpu, by the path of the fact
 * @param charts the entries of the catalog
 * @param everywhere the apps that every Environment has
 * @param addons the add-ons, by the field of the Environment that requests them
 * @param limits by the path of the limit
 * @param kubernetesVersions the newest first
 * @param pullRequestUrl the address that opens a pull request with a new manifest
 */
public record Offer(
        Map<String, Map<String, String>> sizes,
        List<Chart> charts,
        List<Chart> everywhere,
        Map<String, Addon> addons,
        Map<String, String> limits,
        List<String> kubernetesVersions,
        Optional<String> pullRequestUrl) {

    /** A chart that can be requested by name, with what the platform says about it. */
    public record Chart(String name, String description, String chart, String repository, List<String> locked) {}

    /** Whether an add-on may be requested, and the chart that installs it. */
    public record Addon(boolean allowed, String chart) {}

    /**
     * Reads valid Settings.
     *
     * @param merged the platform's Settings merged over the shipped defaults
     */
    public static Offer of(Json.Obj merged) {
        var catalog = merged.object("catalog").fields();
        var sizes = new LinkedHashMap<String, Map<String, String>>();
        merged.object("sizes").fields().forEach((name, size) -> sizes.put(name, facts("", size)));
        var charts = catalog.entrySet().stream()
                .map(entry -> chart(entry.getKey(), entry.getValue()))
                .toList();
        var everywhere = merged.items("apps").stream()
                .map(app -> chart(
                        app.text("name").orElse(""),
                        app.at("chart", "name").isPresent()
                                ? app
                                : merged.object(
                                        "catalog",
                                        app.text("catalog")
                                                .or(() -> app.text("name"))
                                                .orElse(""))))
                .toList();
        var addons = new LinkedHashMap<String, Addon>();
        merged.fields().forEach((field, value) -> {
            if (value.at("allowed").isPresent()) {
                addons.put(field, new Addon(value.isTrue("allowed"), pinned(value.object("chart"))));
            }
        });
        return new Offer(
                sizes,
                charts,
                everywhere,
                addons,
                facts("", merged.object("limits")),
                merged.object("vcluster", "kubernetesVersions").fields().keySet().stream()
                        .sorted()
                        .toList()
                        .reversed(),
                merged.text("pullRequestURL"));
    }

    private static Chart chart(String name, Json entry) {
        var locked = entry.items("locked").stream()
                .flatMap(path -> path instanceof Json.Text(var text) ? Stream.of(text) : Stream.<String>of())
                .toList();
        return new Chart(
                name,
                entry.text("description").orElse(""),
                pinned(entry.object("chart")),
                entry.text("chart", "repository").orElse(""),
                locked);
    }

    private static String pinned(Json.Obj chart) {
        return Stream.of(chart.text("name"), chart.text("version").or(() -> chart.text("digest")))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    /** The single values of an object and of the objects in it, by their paths. */
    private static Map<String, String> facts(String path, Json value) {
        var facts = new LinkedHashMap<String, String>();
        switch (value) {
            case Json.Obj(var fields) ->
                fields.forEach((key, field) -> facts.putAll(facts(path.isEmpty() ? key : path + "." + key, field)));
            case Json.Arr(var items) ->
                facts.put(
                        path, String.join(", ", items.stream().map(Offer::text).toList()));
            case Json.Text ignored -> facts.put(path, text(value));
            case Json.Num ignored -> facts.put(path, text(value));
            case Json.Bool ignored -> facts.put(path, text(value));
            case Json.Null() -> {}
        }
        return facts;
    }

    private static String text(Json value) {
        return Bounds.value(value).replace("`", "").replace("\"", "");
    }

    /** Values for fields of an Environment, by the path of the field. */
    Map<String, List<String>> suggestions() {
        var names = charts.stream().map(Chart::name).toList();
        var found = new LinkedHashMap<String, List<String>>();
        found.put("spec.size", new ArrayList<>(sizes.keySet()));
        found.put("spec.kubernetesVersion", kubernetesVersions);
        found.put("spec.apps[].name", names);
        found.put("spec.apps[].catalog", names);
        return found;
    }

    /** Whether it is about a type: about Environments, of the shipped kind or of a platform's own. */
    static boolean isAbout(RequestableType type) {
        var fields = type.spec().object("properties").fields().keySet();
        return fields.containsAll(List.of("size", "kubernetesVersion", "apps"));
    }
}
