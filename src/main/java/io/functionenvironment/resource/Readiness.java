package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.UpjetError;

/** When a resource counts as ready. */
public enum Readiness {
    /** It exists; the type has no conditions. */
    EXISTS,
    /** Its condition Ready is True; the type has no condition Synced. */
    READY,
    /** The external resource exists and is as desired. */
    READY_AND_SYNCED;

    public boolean of(ObservedResource observed) {
        return switch (this) {
            case EXISTS -> true;
            case READY -> observed.is("Ready");
            case READY_AND_SYNCED ->
                observed.is("Ready") && observed.is("Synced") && !UpjetError.operationFailed(observed);
        };
    }
}
