/** The documents: how the API reference is made, and that all of them say what is so. */
@NullMarked
package io.functionenvironment.documents;

import org.jspecify.annotations.NullMarked;
