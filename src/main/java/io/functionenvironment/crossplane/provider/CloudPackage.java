package io.functionenvironment.crossplane.provider;

/**
 * The package of a provider of a cloud. The packages in {@code package} depend on the version, which is the one that its facts were
 * read in.
 */
public record CloudPackage(String name, String version) {}
