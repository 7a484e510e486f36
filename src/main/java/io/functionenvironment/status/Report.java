package io.functionenvironment.status;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * What to tell people, and when to look again.
 *
 * @param conditions all of ours, always: Crossplane keeps what is not returned
 * @param events what happened with this call
 * @param status for the composite
 * @param ready whether the Environment is what was asked for
 * @param again at the latest after so long
 */
public record Report(
        List<StatusCondition> conditions, List<Event> events, Json.Obj status, boolean ready, Duration again) {}
