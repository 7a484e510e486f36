/** Mutual TLS with certificates that are reloaded when they change. */
@NullMarked
package io.functionenvironment.server.tls;

import org.jspecify.annotations.NullMarked;
