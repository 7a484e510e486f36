package io.functionenvironment.api.settings;

import java.time.Duration;

/**
 * The longest time until Crossplane calls the function again, and how much may change at once.
 *
 * @param waiting while something is pending that no watch reports
 * @param converging while something is not ready, and a watch reports when it is
 * @param settled while everything is ready; changed Settings take effect within this time
 * @param circuitBreakerTokens the capacity of Crossplane's watch circuit breaker, by its flag {@code --circuit-breaker-burst}
 */
public record Timing(Duration waiting, Duration converging, Duration settled, int circuitBreakerTokens) {}
