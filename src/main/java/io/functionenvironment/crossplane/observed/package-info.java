/** The observed state that Crossplane sends with a call. */
@NullMarked
package io.functionenvironment.crossplane.observed;

import org.jspecify.annotations.NullMarked;
