package io.functionenvironment.api.settings;

import java.time.Duration;

/**
 * When to look again, at the latest.
 *
 * @param waiting while something is awaited that nobody tells us of
 * @param converging while something is not ready, but will be seen when it is
 * @param settled when all is ready; also how soon changed Settings are noticed
 */
public record Timing(Duration waiting, Duration converging, Duration settled) {}
