package io.functionenvironment.plan;

import java.time.Duration;
import java.util.List;

/**
 * What happens to one component.
 *
 * @param at the time since the start, in the simulation
 * @param component its composition-resource-name
 * @param kind of its resource
 * @param name of its resource; empty before it is created
 * @param paths of the fields that change; empty if it does not change
 */
public record Change(Duration at, Action action, String component, String kind, String name, List<String> paths) {
    /** What happens. */
    public enum Action {
        CREATED,
        CHANGED,
        RESTARTED,
        REMOVED
    }
}
