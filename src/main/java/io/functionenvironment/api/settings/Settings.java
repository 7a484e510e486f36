package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the platform offers.
 *
 * @param apps those that every environment gets
 * @param subjects who may connect
 * @param explicitCharts the catalog entries whose chart the platform set itself. A shipped default only counts when something
 *     is created: later releases ship other defaults, and must not change what runs
 */
public record Settings(
        Map<String, Size> sizes,
        Map<String, App> catalog,
        List<App> apps,
        Host host,
        List<Subject> subjects,
        VclusterOffer vcluster,
        Limits limits,
        Timing timing,
        Set<String> explicitCharts) {

    /** Who may connect to the environments of a namespace. */
    public List<Subject> subjects(String team) {
        return subjects.stream().filter(subject -> subject.connects(team)).toList();
    }
}
