package io.functionenvironment.status;

import io.functionenvironment.api.environment.EnvironmentStatus;
import java.time.Duration;
import java.util.List;

/**
 * What is reported, and when to call again.
 *
 * @param conditions all that this function reports, with every call: Crossplane keeps those that are not returned
 * @param events what happened with this call
 * @param ready whether the Environment is as requested
 * @param ttl call again after this time at the latest
 */
public record Report(
        List<StatusCondition> conditions, List<Event> events, EnvironmentStatus status, boolean ready, Duration ttl) {}
