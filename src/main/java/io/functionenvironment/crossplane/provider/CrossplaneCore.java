package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import java.time.Duration;
import java.time.Instant;

/** Facts about Crossplane 2.3. */
public final class CrossplaneCore {
    public static final Gvk USAGE = new Gvk("protection.crossplane.io/v1beta1", "Usage");

    /**
     * Defines composite resources; named PLURAL.GROUP. Its condition Established is True, with this reason, once the controller of
     * these watches them, so that Crossplane can read them; {@code internal/controller/apiextensions/definition}.
     */
    public static final Gvk DEFINITION = new Gvk("apiextensions.crossplane.io/v2", "CompositeResourceDefinition");

    private static final String WATCHING = "WatchingCompositeResource";

    /** Names a composed resource within its composite. */
    public static final String COMPOSITION_RESOURCE_NAME = "crossplane.io/composition-resource-name";

    /**
     * Set on a protected object when somebody tried to delete it and a Usage refused. Crossplane sets it for dry runs too, and
     * does not set it again for a later attempt.
     */
    public static final String DELETION_ATTEMPT = "usage.crossplane.io/deletion-attempt-with-policy";

    /** The composite's condition that is False while its watch circuit breaker is open. */
    public static final String RESPONSIVE = "Responsive";

    /** How long the circuit breaker stays open; {@code internal/circuit}. */
    public static final Duration BREAKER_OPEN = Duration.ofMinutes(5);

    /**
     * How long to wait for a Usage to become Ready before going on without it: Crossplane may run with Usages disabled, and
     * then none ever does.
     */
    public static final Duration USAGE_GRACE = Duration.ofSeconds(30);

    private CrossplaneCore() {}

    /** Whether Crossplane reads the resources of a definition. */
    public static boolean reads(ObservedResource definition) {
        return definition
                .condition("Established")
                .filter(established ->
                        established.isTrue() && established.reason().equals(WATCHING))
                .isPresent();
    }

    /**
     * Whether Crossplane's watch circuit breaker is closed. While it is open, Crossplane does not even see edits of the
     * composite. The condition stays False after the breaker closes, until the next reconciliation.
     */
    public static boolean watches(ObservedResource composite, Instant now) {
        var open = composite
                .condition(RESPONSIVE)
                .filter(responsive -> responsive.status().equals("False"));
        return open.isEmpty()
                || open.flatMap(Condition::since)
                        .filter(since -> now.isAfter(since.plus(BREAKER_OPEN)))
                        .isPresent();
    }
}
