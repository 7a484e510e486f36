/** Recorded calls of a real Crossplane, and the test that the function still returns the recorded responses. */
@NullMarked
package io.functionenvironment.recorded;

import org.jspecify.annotations.NullMarked;
