/** Predicts what changes in a control plane as it is, over time, without a write to it. */
@NullMarked
package io.functionenvironment.plan;

import org.jspecify.annotations.NullMarked;
