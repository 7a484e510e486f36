/** Clusters of Amazon Elastic Kubernetes Service. */
@NullMarked
package io.functionenvironment.cluster.eks;

import org.jspecify.annotations.NullMarked;
