/** How Crossplane reaches the function: gRPC over mutual TLS, and nothing that knows what the function does. */
@NullMarked
package io.functionenvironment.server;

import org.jspecify.annotations.NullMarked;
