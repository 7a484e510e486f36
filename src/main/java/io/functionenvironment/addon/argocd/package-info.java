/** Argo CD inside the Environment's cluster, and the Applications that it follows. */
@NullMarked
package io.functionenvironment.addon.argocd;

import org.jspecify.annotations.NullMarked;
