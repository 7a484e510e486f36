/** What exists, as Crossplane saw it before this call. */
@NullMarked
package io.functionenvironment.crossplane.observed;

import org.jspecify.annotations.NullMarked;
