/** Converts protobuf messages into values and back. */
@NullMarked
package io.functionenvironment.crossplane.wire;

import org.jspecify.annotations.NullMarked;
