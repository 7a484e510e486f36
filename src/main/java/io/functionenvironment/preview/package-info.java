/** Shows what becomes of an Environment, before it is let into a cluster. */
@NullMarked
package io.functionenvironment.preview;

import org.jspecify.annotations.NullMarked;
