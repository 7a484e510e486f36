package io.functionenvironment.graph;

/** What a component that is not ready is busy with. */
public enum Activity {
    CREATING,
    STARTING,
    INSTALLING,
    /** It was ready, and what is desired of it has changed. */
    UPDATING,
    /** Somebody deleted it; it is created again once it is gone. */
    RECREATING,
    /** It is only observed, and not seen yet. */
    OBSERVING,
    /** It was up and does not respond. */
    UNREACHABLE
}
