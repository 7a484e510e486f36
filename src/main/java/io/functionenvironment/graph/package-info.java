/** What should exist, as a value: components, what they need, and how they end. */
@NullMarked
package io.functionenvironment.graph;

import org.jspecify.annotations.NullMarked;
