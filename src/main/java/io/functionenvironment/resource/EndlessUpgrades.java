package io.functionenvironment.resource;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Detects a release that provider-helm upgrades again and again. It compares the requested version and name, as text, with those in
 * the {@code Chart.yaml} of the installed chart (provider-helm 1.4.0, {@code release/observe.go}). If they differ, it upgrades,
 * finds them different again, and never reports the release as ready.
 */
final class EndlessUpgrades {
    /** Longer than what a Secret that changed may keep a release from being ready. */
    private static final Duration LONG = Duration.ofMinutes(10);
    /** Each change of the Release raises its generation and causes a revision; each retry causes two more. */
    private static final int FEW = 10;

    private EndlessUpgrades() {}

    /** What to change; empty if the release is ready, may become so, or the provider has not seen the current Release. */
    static Optional<String> of(Chart chart, ObservedResource release, Instant now) {
        if (!ProviderHelm.deployed(release) || release.is("Ready") || !release.is("Synced")) {
            return Optional.empty();
        }
        var extra = extraRevisions(release);
        var wanted = chart.version().orElse("");
        var found = ProviderHelm.version(release).orElse("");
        if (chart.digest().isEmpty() && !wanted.isEmpty() && !found.isEmpty() && !found.equals(wanted) && extra > 0) {
            return Optional.of("the chart has the version " + found + ", but chart.version is " + wanted
                    + ", so provider-helm upgrades the release again and again; set chart.version to " + found);
        }
        return extra > FEW && !ProviderHelm.readsReferences(release) && notReadyFor(LONG, release, now)
                ? Optional.of("provider-helm upgrades the release again and again (revision "
                        + (long) ProviderHelm.revision(release)
                        + "); chart.name and chart.version must be the name and version in Chart.yaml of the chart")
                : Optional.empty();
    }

    /** Revisions that no change of the Release and no retry explains. */
    private static double extraRevisions(ObservedResource release) {
        var retries = release.body().number("status", "failed").orElse(0.0);
        return release.body()
                .number("metadata", "generation")
                .map(generation -> ProviderHelm.revision(release) - generation - 2 * retries)
                .orElse(0.0);
    }

    private static boolean notReadyFor(Duration duration, ObservedResource release, Instant now) {
        return release.condition("Ready")
                .filter(ready -> !ready.isTrue())
                .flatMap(Condition::since)
                .filter(since -> since.plus(duration).isBefore(now))
                .isPresent();
    }
}
