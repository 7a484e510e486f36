/** The function: an Environment becomes a cluster with apps in it. Begin with {@link io.functionenvironment.EnvironmentFunction}. */
@NullMarked
package io.functionenvironment;

import org.jspecify.annotations.NullMarked;
