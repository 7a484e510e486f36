package io.functionenvironment.charts;

import io.functionenvironment.api.app.Chart;
import java.util.List;
import java.util.Optional;

/** The charts that are given in files. */
public record Charts(List<ChartFile> files) {
    public static final Charts NONE = new Charts(List.of());

    /** The file of a chart; empty if there is none of its name and version. */
    public Optional<ChartFile> find(Chart chart) {
        return files.stream()
                .filter(file -> file.is(chart.name().orElse(""), chart.version().orElse("")))
                .findFirst();
    }
}
