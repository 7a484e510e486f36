/** What an operator, Prometheus and the kubelet see of a running server: metrics and probes over plain HTTP. */
@NullMarked
package io.functionenvironment.server.metrics;

import org.jspecify.annotations.NullMarked;
