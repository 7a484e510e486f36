/** Serves any composition function to Crossplane: gRPC over mutual TLS, health, reflection, probes and metrics. */
@NullMarked
package io.functionenvironment.server;

import org.jspecify.annotations.NullMarked;
