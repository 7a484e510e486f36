package io.functionenvironment.api.settings;

import java.util.List;

/**
 * What teams may ask for.
 *
 * @param chartRepositories addresses below which charts may come from, besides the catalog
 */
public record Limits(List<String> chartRepositories, int maxApps) {

    /**
     * Whether charts may come from a repository: scheme and host are the same, and the path begins with the allowed one's
     * whole segments, so that {@code oci://ghcr.io/team} does not allow {@code oci://ghcr.io/team-of-others}.
     */
    public boolean allow(String repository) {
        return chartRepositories.stream().anyMatch(allowed -> {
            var base = allowed.endsWith("/") ? allowed : allowed + "/";
            return (repository.endsWith("/") ? repository : repository + "/").startsWith(base)
                    && !repository.contains("/../")
                    && !repository.endsWith("/..");
        });
    }
}
