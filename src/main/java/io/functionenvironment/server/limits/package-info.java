/** What protects the process from its clients: bounds on connections, on bytes in progress, and on the memory of a call. */
@NullMarked
package io.functionenvironment.server.limits;

import org.jspecify.annotations.NullMarked;
