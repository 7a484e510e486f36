package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import java.time.Instant;
import java.util.Optional;

/**
 * How often provider-helm looks at a release that is not ready. After an upgrade it looks again only at its poll interval, unless
 * an annotation shortens it. After an installation it looks at once by itself. While a kubeconfig is awaited, the reconcile
 * request does the same.
 */
final class ReleasePoll {
    private ReleasePoll() {}

    /** Empty for its own interval. */
    static Optional<String> of(Release release, Optional<ObservedResource> observed, Instant now) {
        return observed.filter(seen -> !seen.is("Ready"))
                .filter(seen -> release.contradiction(seen, now).isEmpty())
                .filter(seen -> (release.kubeconfig().isEmpty() && ProviderHelm.revision(seen) > 1)
                        || seen.created()
                                .filter(created ->
                                        created.plus(ProviderHelm.INSTALLING).isBefore(now))
                                .isPresent())
                .map(seen -> ProviderHelm.SHORT_POLL);
    }
}
