/** Reports the Environment by owner and state: conditions, events, the status, and when to call again. */
@NullMarked
package io.functionenvironment.status;

import org.jspecify.annotations.NullMarked;
