/**
 * A fictional kind of cluster and a fictional add-on, built like shipped ones with one registration each. They show that these
 * need no change to graph, lifecycle, removal or status.
 */
@NullMarked
package io.functionenvironment.invented;

import org.jspecify.annotations.NullMarked;
