/** Kinds of cluster; each yields the components that make one and the access that others need. */
@NullMarked
package io.functionenvironment.cluster;

import org.jspecify.annotations.NullMarked;
