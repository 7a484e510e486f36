/**
 * Crossplane's specification of composition functions as rules, and further expectations of its clients, for any function.
 * {@link io.functionenvironment.conformance.ConformanceTest} checks ours.
 */
@NullMarked
package io.functionenvironment.conformance;

import org.jspecify.annotations.NullMarked;
