/** Helm charts in files, and the check of values against their schemas. The server's class path does not contain it. */
@NullMarked
package io.functionenvironment.charts;

import org.jspecify.annotations.NullMarked;
