/** What runs inside a cluster. */
@NullMarked
package io.functionenvironment.addon;

import org.jspecify.annotations.NullMarked;
