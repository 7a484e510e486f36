package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a cluster of a size is: one that exists stays in its host cluster, and keeps its store. */
record PlacementDecision(Inputs inputs, Optional<Release> existing, VclusterPlacement placement) {
    private static final String FIELD = "spec.size";

    /** Empty, with an error, if the size is in another host cluster; then nothing of it can be applied. */
    Optional<VclusterPlacement> decide(VclusterSize size, FieldErrors errors) {
        var name = Redaction.of(inputs.environment().size().orElse(""));
        if (moves(size)) {
            errors.add(
                    FIELD,
                    "is " + name + ", a size in another host cluster than this Environment's, which cannot move;"
                            + " request a size in the host cluster of the ClusterProviderConfig "
                            + placement.config().name() + ", or create a new Environment");
            return Optional.empty();
        }
        var availability = Availability.of(inputs.observed(), existing).orElse(size.availability());
        if (availability != size.availability()) {
            var high = availability == Availability.HIGH;
            errors.add(
                    FIELD,
                    "is " + name + ", a size " + (high ? "without" : "with")
                            + " high availability, but the store of this cluster cannot change; request a size "
                            + (high ? "with" : "without")
                            + " high availability, or create a new Environment (everything else of the size is applied)");
        }
        return Optional.of(placement.in(size.host()).with(availability));
    }

    private boolean moves(VclusterSize size) {
        var host = size.host().map(OtherHost::providerConfig);
        var wanted = host.orElse(inputs.settings().host().providerConfig());
        return placement.placed()
                && !placement.config().name().equals(wanted)
                // Whatever happens to host.providerConfig, an Environment that was placed by it stays where it is.
                && (host.isPresent() || (existing.isPresent() ? placement.outside() : isHostOfASize()));
    }

    private boolean isHostOfASize() {
        return inputs.settings().sizes().values().stream()
                .flatMap(size -> size instanceof VclusterSize vcluster ? vcluster.host().stream() : Stream.empty())
                .anyMatch(
                        host -> host.providerConfig().equals(placement.config().name()));
    }
}
