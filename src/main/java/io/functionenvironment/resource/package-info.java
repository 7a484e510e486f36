/** The types that are composed: each is a value that writes its body and can be read back from what is observed. */
@NullMarked
package io.functionenvironment.resource;

import org.jspecify.annotations.NullMarked;
