package io.functionenvironment.conformance;

/** How much a demand weighs. */
enum Level {
    MUST,
    SHOULD,
    /** Not in the specification, but without it Crossplane, or the people who run it, would suffer. */
    EXPECTED
}
