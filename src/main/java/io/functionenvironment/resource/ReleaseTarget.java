package io.functionenvironment.resource;

/**
 * Where Helm installs a release.
 *
 * @param name in Helm; without one it would be called after the resource, often beyond Helm's limit of 53 characters
 * @param namespace provider-helm fails on a Release without one
 * @param createNamespace whether Helm creates the namespace
 */
public record ReleaseTarget(String name, String namespace, boolean createNamespace) {}
