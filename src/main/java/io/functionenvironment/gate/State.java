package io.functionenvironment.gate;

/** How far a component is. */
public sealed interface State {

    /** It is there, as desired, and works. */
    record Ready() implements State {}

    /** It is coming up; in words. */
    record Coming(String word) implements State {}

    /** Its provider says that something is wrong; in the provider's words. */
    record Failing(String word) implements State {}

    /** It cannot start yet, and not for want of another; in words. */
    record Blocked(String word) implements State {}

    /** It starts once another is further. */
    record Waiting(String on) implements State {}

    /**
     * Nobody wants it any more, and it is on its way out.
     *
     * @param blocked whether it stays for the sake of another
     */
    record Leaving(String word, boolean blocked) implements State {}

    /** It goes with this answer; nobody will see it again. */
    record Gone(String word) implements State {}
}
