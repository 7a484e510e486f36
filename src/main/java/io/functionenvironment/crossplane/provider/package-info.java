/** What is known of Crossplane and its providers: types, annotations, messages and times, each with its source. */
@NullMarked
package io.functionenvironment.crossplane.provider;

import org.jspecify.annotations.NullMarked;
