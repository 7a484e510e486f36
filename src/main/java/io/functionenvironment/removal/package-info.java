/** How components go that are no longer requested. */
@NullMarked
package io.functionenvironment.removal;

import org.jspecify.annotations.NullMarked;
