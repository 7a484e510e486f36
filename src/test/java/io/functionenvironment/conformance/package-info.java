/**
 * Crossplane's specification of composition functions, demand by demand, and what else a caller may expect, to be held
 * against any function. {@link io.functionenvironment.conformance.ConformanceTest} holds it against ours.
 */
@NullMarked
package io.functionenvironment.conformance;

import org.jspecify.annotations.NullMarked;
