/** JSON values as immutable data, and a reader that reports errors by path. */
@NullMarked
package io.functionenvironment.json;

import org.jspecify.annotations.NullMarked;
