package io.functionenvironment.api.settings;

/** A size that the platform offers. Each kind of cluster has sizes of its own type, with the fields that it needs. */
public interface Size {
    /** The kind of cluster, as in {@code status.cluster.type} and as the field below the size in Settings. */
    String type();

    /** This size as one of a kind of cluster. A size of another kind is a fault of the program. */
    default <S extends Size> S as(Class<S> kind) {
        if (!kind.isInstance(this)) {
            throw new IllegalArgumentException("a size of " + type() + " is no " + kind.getSimpleName());
        }
        return kind.cast(this);
    }
}
