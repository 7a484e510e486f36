package io.functionenvironment.api.settings;

import java.util.List;

/**
 * A team with rules of its own.
 *
 * @param namespaces names of namespaces. One that ends with {@code *} stands for all names that begin like it. A team cannot
 *     choose the namespace of an Environment freely, as it can its labels
 * @param settings the team's rules merged over those of the platform
 */
public record Team(String name, List<String> namespaces, Settings settings) {
    static final String REST = "*";

    /** Whether a namespace is one of the team's. */
    public boolean has(String namespace) {
        return namespaces.stream().anyMatch(pattern -> covers(pattern, namespace));
    }

    /** Whether a pattern stands for a namespace, or for all that another pattern stands for. */
    static boolean covers(String pattern, String other) {
        return pattern.endsWith(REST)
                ? other.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(other);
    }
}
