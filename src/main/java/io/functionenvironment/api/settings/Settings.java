package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;

/**
 * What the platform offers.
 *
 * @param apps those that every environment gets
 * @param subjects who may connect
 * @param explicit what the platform said itself, without the shipped defaults
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
        Json explicit) {

    /**
     * Whether the platform itself said something about a field. What comes from the shipped defaults only counts when
     * an environment is made: later releases ship other defaults, and must not change what runs.
     */
    public boolean isExplicit(String... path) {
        return explicit.at(path).isPresent();
    }

    /** Who may connect to the environments of a namespace. */
    public List<Subject> subjects(String team) {
        return subjects.stream().filter(subject -> subject.connects(team)).toList();
    }
}
