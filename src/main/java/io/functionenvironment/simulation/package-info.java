/** Crossplane, its providers and the clusters they work on, in memory and on a clock of their own. */
@NullMarked
package io.functionenvironment.simulation;

import org.jspecify.annotations.NullMarked;
