package io.functionenvironment.status;

/** Something that happened just now, and is said once. */
public record Event(boolean warning, String reason, String message) {}
