/** Writes a static site with the types that a platform offers, and a form for each. */
@NullMarked
package io.functionenvironment.catalog;

import org.jspecify.annotations.NullMarked;
