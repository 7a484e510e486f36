/** An app as it is asked for: by a team in an Environment, or by a platform in its Settings. */
@NullMarked
package io.functionenvironment.api.app;

import org.jspecify.annotations.NullMarked;
