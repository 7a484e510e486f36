package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Optional;

/**
 * What teams may request.
 *
 * @param chartRepositories the addresses below which charts are allowed, besides those of the catalog
 * @param maxApps the number of apps in one Environment, without the platform's own
 * @param valueSources the names of the CompositeResourceDefinitions whose resources apps may take values from
 * @param secretNamePrefix how the names of Secrets begin that an Environment may use; empty means all
 */
public record Limits(
        List<String> chartRepositories, int maxApps, List<String> valueSources, Optional<String> secretNamePrefix) {

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

    /**
     * Reports a Secret in the Environment's namespace that a team may not use.
     *
     * @param path of the field with its name
     */
    public void checkSecret(String path, String name, FieldErrors errors) {
        secretNamePrefix
                .filter(prefix -> !name.startsWith(prefix))
                .ifPresent(prefix -> errors.add(
                        path,
                        "is " + Redaction.of(name) + "; this platform allows only Secrets whose names begin with "
                                + prefix));
    }
}
