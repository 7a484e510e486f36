package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.ClusterStatus.SecurityFix;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.cluster.vcluster.SecurityFixes.Applied;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/**
 * Which values the chart gets: those that follow from the request, as far as a cluster that runs can take them. A running
 * cluster keeps its values, but for security fixes, while nobody requests others, keeps its volume always, and its quota while what runs would not fit.
 */
record ValuesDecision(
        Inputs inputs, Optional<Release> existing, VclusterPlacement placement, VclusterSize size, Demands demands) {

    /**
     * @param quotaShrinks whether the quota becomes smaller, so that what is used of it has to be observed
     * @param fix the security fix that is announced
     */
    record Decided(Json.Obj inline, String fingerprint, boolean quotaShrinks, Optional<SecurityFix> fix) {
        /** For a moment, with all that a release has. */
        private Decided keeping(Release release) {
            return new Decided(release.values().inline(), release.fingerprint().orElse(fingerprint), quotaShrinks, fix);
        }
    }

    /**
     * @param kubernetes the tag of the Kubernetes image
     * @param used whether something may run in the cluster
     */
    Decided decide(String kubernetes, boolean used, FieldErrors errors) {
        var requested = requested(kubernetes, used, errors);
        return existing.filter(release -> !mayClaim(release, requested.inline()))
                .map(requested::keeping)
                .orElse(requested);
    }

    /**
     * A new name has to be on the namespace before the chart claims it: policies of the host refuse it otherwise, and Helm does
     * not repeat an upgrade that failed.
     */
    private boolean mayClaim(Release release, Json.Obj wanted) {
        return placement.exposed().isEmpty()
                || !ExposureValues.differ(wanted, release.values().inline())
                || placement.exposed().equals(HostResources.exposedName(inputs.observed()));
    }

    private Decided requested(String kubernetes, boolean used, FieldErrors errors) {
        var fingerprint = new ValuesFingerprint(inputs, size, demands);
        var requested = VclusterValues.of(
                size,
                inputs.settings(),
                placement,
                demands,
                kubernetes,
                existing.map(release -> release.values().inline()));
        var name = inputs.environment().size().orElse("");
        var volume = new FieldErrors();
        var installable = ControlPlaneVolume.keep(requested, existing, name, volume);
        var fixes = new SecurityFixes(inputs, installable);
        var unchanged = existing.filter(fingerprint::isComplete)
                .filter(release -> runs(release, kubernetes))
                .map(release -> fixes.over(release.values().inline()));
        var wanted = unchanged.map(Applied::values).orElse(installable);
        var headroom = QuotaHeadroom.of(
                existing.filter(release -> used), wanted, inputs.observed().get(Part.QUOTA));
        if (headroom.tooSmall()) {
            errors.add(
                    "spec.size",
                    "is " + Redaction.of(name) + ", which has no room for what runs ("
                            + String.join("; ", headroom.missing())
                            + "); remove apps or request a larger size (until then, the cluster keeps its former quota)");
        } else if (volumeIsExplicit()) {
            errors.addAll(volume);
        }
        if (existing.isPresent() && (headroom.holds() || (headroom.shrinks() && demands.removing()))) {
            var held = existing.filter(fingerprint::isHeld)
                    .filter(release -> runs(release, kubernetes))
                    .map(release -> fixes.over(release.values().inline()))
                    .orElseGet(() -> new Applied(
                            QuotaHeadroom.keep(wanted, existing.get().values().inline()),
                            unchanged.flatMap(Applied::announced)));
            return new Decided(held.values(), fingerprint.held(held.values()), headroom.shrinks(), held.announced());
        }
        return new Decided(
                wanted, fingerprint.complete(wanted), headroom.shrinks(), unchanged.flatMap(Applied::announced));
    }

    private static boolean runs(Release release, String kubernetes) {
        return VclusterValues.kubernetes(release.values().inline()).equals(Optional.of(kubernetes));
    }

    /** Shipped defaults may change with a release; that is no reason to report an error in a request. */
    private boolean volumeIsExplicit() {
        return size.explicitVolume() || inputs.settings().vcluster().explicit().controlPlane();
    }
}
