/** Removes components that are no longer requested, in reverse order of their dependencies. */
@NullMarked
package io.functionenvironment.removal;

import org.jspecify.annotations.NullMarked;
