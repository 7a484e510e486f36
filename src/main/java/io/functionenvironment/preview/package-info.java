/** Simulates what happens to an Environment before it is applied to a cluster. */
@NullMarked
package io.functionenvironment.preview;

import org.jspecify.annotations.NullMarked;
