/** Clusters of Azure Kubernetes Service. */
@NullMarked
package io.functionenvironment.cluster.aks;

import org.jspecify.annotations.NullMarked;
