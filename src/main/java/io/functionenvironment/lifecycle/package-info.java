/** What may be desired now. */
@NullMarked
package io.functionenvironment.lifecycle;

import org.jspecify.annotations.NullMarked;
