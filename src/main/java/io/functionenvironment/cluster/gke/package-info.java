/** Clusters of Google Kubernetes Engine. */
@NullMarked
package io.functionenvironment.cluster.gke;

import org.jspecify.annotations.NullMarked;
