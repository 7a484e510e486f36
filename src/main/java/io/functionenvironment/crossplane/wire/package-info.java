/** Between protobuf messages and the values the rest works with; the only place that knows both. */
@NullMarked
package io.functionenvironment.crossplane.wire;

import org.jspecify.annotations.NullMarked;
