/** Apps as requested by a team in an Environment, or by the platform in its Settings, and how they are read. */
@NullMarked
package io.functionenvironment.api.app;

import org.jspecify.annotations.NullMarked;
