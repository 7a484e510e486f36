/** Kubernetes, Crossplane, its providers and vcluster, imitated in memory on a virtual clock. */
@NullMarked
package io.functionenvironment.simulation;

import org.jspecify.annotations.NullMarked;
