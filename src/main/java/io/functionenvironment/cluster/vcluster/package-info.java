/** A virtual cluster in a namespace of its own in the host cluster. */
@NullMarked
package io.functionenvironment.cluster.vcluster;

import org.jspecify.annotations.NullMarked;
