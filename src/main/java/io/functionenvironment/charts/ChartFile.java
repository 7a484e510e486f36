package io.functionenvironment.charts;

import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A chart in a directory or an archive.
 *
 * @param name and version of its Chart.yaml
 * @param values its own, in values.yaml
 * @param schema the text of its values.schema.json
 */
public record ChartFile(String name, String version, Json.Obj values, Optional<String> schema) {
    private static final String CHART = "Chart.yaml";
    private static final String VALUES = "values.yaml";
    private static final String SCHEMA = "values.schema.json";

    /**
     * Reads the chart in a directory or an archive, or several archives in a directory.
     *
     * @throws IOException if there is none
     */
    public static List<ChartFile> readAll(Path path) throws IOException {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(CHART))) {
            return List.of(named(path));
        }
        var charts = new ArrayList<ChartFile>();
        try (var children = Files.list(path)) {
            for (var child : children.sorted().toList()) {
                if (child.toString().endsWith(".tgz")) {
                    charts.add(named(child));
                }
            }
        }
        if (charts.isEmpty()) {
            throw new IOException("contains no " + CHART + " and no archive (.tgz)");
        }
        return charts;
    }

    private static ChartFile named(Path path) throws IOException {
        var chart = read(path);
        if (chart.name.isEmpty() || chart.version.isEmpty()) {
            throw new IOException(path + " has no " + CHART + " with a name and a version");
        }
        return chart;
    }

    /**
     * Reads a chart of which the name may be unknown.
     *
     * @param path its directory, its archive, or its schema alone
     */
    public static ChartFile read(Path path) throws IOException {
        var archive = Files.isDirectory(path) || path.toString().endsWith(".tgz");
        var files = archive
                ? ChartArchive.read(path, Set.of(CHART, VALUES, SCHEMA))
                : Map.of(SCHEMA, Files.readString(path));
        var chart = document(files, CHART);
        return new ChartFile(
                chart.text("name").orElse(""),
                chart.text("version").orElse(""),
                document(files, VALUES),
                Optional.ofNullable(files.get(SCHEMA)));
    }

    private static Json.Obj document(Map<String, String> files, String name) throws IOException {
        try {
            return Yaml.documents(files.getOrDefault(name, "")).stream()
                                    .findFirst()
                                    .orElse(Json.Obj.EMPTY)
                            instanceof Json.Obj object
                    ? object
                    : Json.Obj.EMPTY;
        } catch (InvalidYaml bad) {
            throw new IOException(name + " is not valid YAML: " + bad.getMessage(), bad);
        }
    }

    /** Whether it has a name and a version; a version may have a v before it. */
    boolean is(String otherName, String otherVersion) {
        return name.equals(otherName) && plain(version).equals(plain(otherVersion));
    }

    private static String plain(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
