/** What may be desired now: when a requested component starts, and how far it is. */
@NullMarked
package io.functionenvironment.lifecycle;

import org.jspecify.annotations.NullMarked;
