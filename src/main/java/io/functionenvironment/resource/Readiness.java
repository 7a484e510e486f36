package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;

/** When a resource counts as ready. */
public enum Readiness {
    /** It exists; the kind has no conditions. */
    EXISTS,
    /** It says so itself; the kind has no Synced condition. */
    READY,
    /** The provider says that the thing is there, and that it looks as desired. */
    READY_AND_SYNCED;

    public boolean of(ObservedResource observed) {
        return switch (this) {
            case EXISTS -> true;
            case READY -> observed.is("Ready");
            case READY_AND_SYNCED -> observed.is("Ready") && observed.is("Synced");
        };
    }
}
