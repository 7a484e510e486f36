/** A cluster that exists already, of which an Environment gets one namespace. */
@NullMarked
package io.functionenvironment.cluster.existing;

import org.jspecify.annotations.NullMarked;
