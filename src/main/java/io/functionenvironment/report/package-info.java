/** What to tell people, and when to look again. */
@NullMarked
package io.functionenvironment.report;

import org.jspecify.annotations.NullMarked;
