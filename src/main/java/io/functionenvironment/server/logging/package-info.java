/** The server's log: one JSON object per line, with nothing of a request but namespace and name of its composite resource. */
@NullMarked
package io.functionenvironment.server.logging;

import org.jspecify.annotations.NullMarked;
