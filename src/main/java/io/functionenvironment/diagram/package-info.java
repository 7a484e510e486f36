/** Draws a graph as SVG. */
@NullMarked
package io.functionenvironment.diagram;

import org.jspecify.annotations.NullMarked;
