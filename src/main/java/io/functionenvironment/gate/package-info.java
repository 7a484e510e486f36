/** What may be desired now. */
@NullMarked
package io.functionenvironment.gate;

import org.jspecify.annotations.NullMarked;
