package io.functionenvironment.conformance;

/** How binding a rule is. */
enum Level {
    MUST,
    SHOULD,
    /** Not in the specification, but Crossplane, or its operators, depend on it. */
    EXPECTED
}
