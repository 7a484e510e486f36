package io.functionenvironment.graph;

import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.Json;
import java.time.Instant;

/**
 * Everything that a plan follows from.
 *
 * @param environment what is requested
 * @param settings what the platform offers
 * @param observed what exists
 * @param now the time of the call
 */
public record Inputs(Environment environment, Settings settings, Observed observed, Instant now) {

    /** What earlier calls wrote into the Environment's status. */
    public EnvironmentStatus.Memory memory() {
        return EnvironmentStatus.read(observed.composite().body());
    }

    public Json.Obj environmentLabels() {
        return observed.composite().body().object("metadata", "labels");
    }
}
