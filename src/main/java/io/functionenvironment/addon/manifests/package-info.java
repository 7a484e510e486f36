/** Plain Kubernetes objects inside the Environment's cluster. */
@NullMarked
package io.functionenvironment.addon.manifests;

import org.jspecify.annotations.NullMarked;
