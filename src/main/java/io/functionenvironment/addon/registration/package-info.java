/** Registers the Environment's cluster in an Argo CD outside it. */
@NullMarked
package io.functionenvironment.addon.registration;

import org.jspecify.annotations.NullMarked;
