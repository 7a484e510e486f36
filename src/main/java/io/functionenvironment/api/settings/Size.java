package io.functionenvironment.api.settings;

/** A size that the platform offers. Each kind of cluster has sizes of its own type, with the fields that it needs. */
public interface Size {
    /** The kind of cluster, as in {@code status.cluster.type} and as the field below the size in Settings. */
    String type();
}
