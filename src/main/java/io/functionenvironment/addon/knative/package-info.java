/** Knative Serving and Eventing, which the Knative operator installs from its custom resources. */
@NullMarked
package io.functionenvironment.addon.knative;

import org.jspecify.annotations.NullMarked;
