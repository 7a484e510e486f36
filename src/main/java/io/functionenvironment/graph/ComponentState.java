package io.functionenvironment.graph;

import java.time.Instant;
import java.util.Optional;

/** How far a component is. */
public sealed interface ComponentState {
    /** It exists, is as desired, and works. */
    record Ready() implements ComponentState {}

    record Progressing(Activity activity) implements ComponentState {}

    /**
     * Its provider reports an error.
     *
     * @param message of its provider
     */
    record Failing(String message) implements ComponentState {}

    /** It cannot start, whatever happens to other components. */
    record Blocked(Obstacle obstacle) implements ComponentState {}

    /**
     * It starts once another component is further.
     *
     * @param on the component it waits for
     */
    record Pending(String on) implements ComponentState {}

    /**
     * It could start, and others start first.
     *
     * @param until when it is its turn at the latest
     */
    record Queued(Instant until) implements ComponentState {}

    /** It is no longer requested and on its way out. */
    record Terminating(Removal removal) implements ComponentState {}

    /** It is no longer requested, and this response withdraws it. */
    record Removed(Removal removal) implements ComponentState {}

    /**
     * Why and how a component goes.
     *
     * @param subject what the reason is about: another component, or a provider's message
     */
    record Removal(RemovalReason reason, Optional<String> subject) {
        public static Removal of(RemovalReason reason) {
            return new Removal(reason, Optional.empty());
        }

        public static Removal of(RemovalReason reason, String subject) {
            return new Removal(reason, Optional.of(subject));
        }
    }

    /** Why and how a component goes. */
    enum RemovalReason {
        /** Another component, the subject, depends on it and goes first. */
        AWAITS_DEPENDENT,
        /** Resources that Crossplane no longer tracks may depend on it, and nobody has looked yet. */
        AWAITS_LOOKUP,
        /** The cluster that it is in has to respond first. */
        AWAITS_CLUSTER,
        /** Its resource gets the right to delete first. */
        ABOUT_TO_UNINSTALL,
        UNINSTALLING,
        /** Its provider reports an error, the subject. */
        FAILING,
        /** It goes with another component, the subject. */
        CASCADED,
        /** It goes with the Environment. */
        WITH_ENVIRONMENT,
        /** It protects what has to stay until another component, the subject, is gone. */
        GUARDS,
        /** Nothing stands behind it that would have to be deleted. */
        NOT_NEEDED,
        NEVER_INSTALLED,
        ORPHANED,
        /** Orphaned because the Environment is being deleted. */
        ORPHANED_ON_DELETION,
        /** Orphaned because its cluster does not respond, or because its provider fails to look at it there. */
        ORPHANED_UNREACHABLE,
        /** Orphaned because its provider fails to delete it, which would block the deletion of the Environment. */
        ORPHANED_FAILING,
        /** Orphaned because another component, the subject, manages the same object. */
        ORPHANED_TAKEN_OVER,
        GONE
    }
}
