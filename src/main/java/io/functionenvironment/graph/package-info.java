/** What should exist, as a value: components, who owns them, where they are, and what they depend on. */
@NullMarked
package io.functionenvironment.graph;

import org.jspecify.annotations.NullMarked;
