/**
 * A kind of cluster and an add-on that do not exist, built like shipped ones: one package, one registration. They need no
 * change to graph, lifecycle, removal or status.
 */
@NullMarked
package io.functionenvironment.invented;

import org.jspecify.annotations.NullMarked;
