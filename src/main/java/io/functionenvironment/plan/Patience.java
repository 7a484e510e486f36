package io.functionenvironment.plan;

import java.time.Duration;

/**
 * Trouble that is to be expected while a component is young.
 *
 * @param sign what a provider's message contains then
 * @param word what to say instead
 * @param lasting for how long; after that it is trouble like any other
 */
public record Patience(String sign, String word, Duration lasting) {}
