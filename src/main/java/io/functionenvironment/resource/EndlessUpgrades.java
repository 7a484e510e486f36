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
    /** Longer than an upgrade that ends takes to be seen. */
    private static final Duration UPGRADE = Duration.ofMinutes(2);
    /** Each change of the Release raises its generation and causes a revision; a rollback causes another. */
    private static final int FEW = 5;

    private EndlessUpgrades() {}

    /** What to change; empty if the release is ready, or may become so. */
    static Optional<String> of(Chart chart, ObservedResource release, Instant now) {
        if (!ProviderHelm.deployed(release) || release.is("Ready")) {
            return Optional.empty();
        }
        var installed = ProviderHelm.version(release);
        var differs = chart.digest().isEmpty()
                && chart.version().isPresent()
                && installed.isPresent()
                && !installed.equals(chart.version());
        var wanted = chart.version().orElse("");
        var found = installed.orElse("");
        if (differs && (number(wanted).equals(number(found)) || notReadyForLong(release, now))) {
            return Optional.of("the chart has the version " + found + ", but chart.version is " + wanted
                    + ", so provider-helm upgrades the release again and again; set chart.version to " + found);
        }
        return upgradesWithoutChange(release) && notReadyForLong(release, now)
                ? Optional.of("provider-helm upgrades the release again and again (revision "
                        + (long) ProviderHelm.revision(release)
                        + "); chart.name and chart.version must be the name and version in Chart.yaml of the chart")
                : Optional.empty();
    }

    /** A version without what is spelled in different ways: a leading v, and build metadata. */
    private static String number(String version) {
        return version.replaceFirst("^v", "").replaceFirst("[+].*$", "");
    }

    private static boolean notReadyForLong(ObservedResource release, Instant now) {
        return release.condition("Ready")
                .filter(ready -> !ready.isTrue())
                .flatMap(Condition::since)
                .filter(since -> since.plus(UPGRADE).isBefore(now))
                .isPresent();
    }

    private static boolean upgradesWithoutChange(ObservedResource release) {
        return release.body()
                .number("metadata", "generation")
                .filter(generation -> ProviderHelm.revision(release) > generation + FEW)
                .isPresent();
    }
}
