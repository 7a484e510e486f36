package io.functionenvironment.api.settings;

import java.util.List;

/**
 * What teams may request.
 *
 * @param chartRepositories the addresses below which charts are allowed, besides those of the catalog
 * @param maxApps the number of apps in one Environment, without the platform's own
 */
public record Limits(List<String> chartRepositories, int maxApps) {

    /**
     * Whether charts of a repository are allowed. Paths are compared by whole segments: {@code oci://ghcr.io/team} allows
     * {@code oci://ghcr.io/team/charts}, but not {@code oci://ghcr.io/team-b}.
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
