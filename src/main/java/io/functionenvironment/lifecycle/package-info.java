/** Decides when a requested component starts, and reports its state. */
@NullMarked
package io.functionenvironment.lifecycle;

import org.jspecify.annotations.NullMarked;
