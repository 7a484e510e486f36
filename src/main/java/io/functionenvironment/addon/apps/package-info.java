/** Apps: Helm charts that a team or the platform wants inside the Environment's cluster. */
@NullMarked
package io.functionenvironment.addon.apps;

import org.jspecify.annotations.NullMarked;
