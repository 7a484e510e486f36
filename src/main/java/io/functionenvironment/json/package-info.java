/** JSON values as immutable data, with paths for what is wrong in them. */
@NullMarked
package io.functionenvironment.json;

import org.jspecify.annotations.NullMarked;
