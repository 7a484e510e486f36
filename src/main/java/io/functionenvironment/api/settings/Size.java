package io.functionenvironment.api.settings;

/** Where an Environment is and how big it is. Each kind of cluster has a size of its own. */
public interface Size {
    /** The kind of cluster, in the words of {@code status.cluster.type} and of the field below the size. */
    String type();
}
