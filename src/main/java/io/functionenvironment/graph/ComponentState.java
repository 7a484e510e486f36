package io.functionenvironment.graph;

/** How far a component is. */
public sealed interface ComponentState {

    /** It is there, as desired, and works. */
    record Ready() implements ComponentState {}

    /** It is coming up; in words. */
    record Progressing(String word) implements ComponentState {}

    /** Its provider says that something is wrong; in the provider's words. */
    record Failing(String word) implements ComponentState {}

    /** It cannot start yet, and not for want of another; in words. */
    record Blocked(String word) implements ComponentState {}

    /** It starts once another is further. */
    record Pending(String on) implements ComponentState {}

    /**
     * Nobody wants it any more, and it is on its way out.
     *
     * @param blocked whether it stays for the sake of another
     */
    record Terminating(String word, boolean blocked) implements ComponentState {}

    /** It goes with this answer; nobody will see it again. */
    record Removed(String word) implements ComponentState {}
}
