/** Calls that Crossplane made on a real cluster: how they are written down, and that they are answered as they were. */
@NullMarked
package io.functionenvironment.recorded;

import org.jspecify.annotations.NullMarked;
