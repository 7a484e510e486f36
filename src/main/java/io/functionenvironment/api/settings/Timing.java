package io.functionenvironment.api.settings;

import java.time.Duration;

/**
 * The longest time until Crossplane calls the function again.
 *
 * @param waiting while something is pending that no watch reports
 * @param converging while something is not ready, and a watch reports when it is
 * @param settled while everything is ready; changed Settings take effect within this time
 */
public record Timing(Duration waiting, Duration converging, Duration settled) {}
