package io.functionenvironment.status;

/** Something that happened with this call, reported once. */
public record Event(boolean warning, String reason, String message) {}
