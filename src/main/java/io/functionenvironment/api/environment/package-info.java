/** An Environment as requested, parsed once with every error reported by path, and its status. */
@NullMarked
package io.functionenvironment.api.environment;

import org.jspecify.annotations.NullMarked;
