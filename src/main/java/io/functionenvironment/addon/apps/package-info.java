/** What runs inside a cluster. */
@NullMarked
package io.functionenvironment.addon.apps;

import org.jspecify.annotations.NullMarked;
