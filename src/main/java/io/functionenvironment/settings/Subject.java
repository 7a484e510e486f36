package io.functionenvironment.settings;

import java.util.Optional;

/** Somebody who may connect to environments, in the terms of a RoleBinding. */
public record Subject(String kind, String name, Optional<String> namespace) {}
