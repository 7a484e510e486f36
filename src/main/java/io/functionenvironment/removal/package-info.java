/** How components go that are no longer requested, along the edges by which they started. */
@NullMarked
package io.functionenvironment.removal;

import org.jspecify.annotations.NullMarked;
