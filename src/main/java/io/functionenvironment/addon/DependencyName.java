package io.functionenvironment.addon;

import java.util.List;

/**
 * Something that {@code dependsOn} may name: an app, a manifest, or a whole add-on.
 *
 * @param path its item in the request, for errors
 * @param components all that have to be ready before what depends on it starts
 * @param dependsOn the names that it depends on itself
 * @param valid whether it can be planned as requested, as far as it depends on nothing else
 * @param exists whether its components exist already
 */
public record DependencyName(
        String path, String name, List<String> components, List<String> dependsOn, boolean valid, boolean exists) {}
