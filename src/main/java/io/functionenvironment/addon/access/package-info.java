/** Access to the Environment's cluster with less than an administrator's rights. */
@NullMarked
package io.functionenvironment.addon.access;

import org.jspecify.annotations.NullMarked;
