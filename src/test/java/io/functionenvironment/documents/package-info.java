/** Tests of the documents, and the generator of the API reference. */
@NullMarked
package io.functionenvironment.documents;

import org.jspecify.annotations.NullMarked;
