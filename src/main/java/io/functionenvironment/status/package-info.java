/** What to tell people, and when to look again. */
@NullMarked
package io.functionenvironment.status;

import org.jspecify.annotations.NullMarked;
