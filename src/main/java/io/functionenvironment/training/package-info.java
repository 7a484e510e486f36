/** Calls a server as Crossplane does, so that its Java can note what such a server needs. */
@NullMarked
package io.functionenvironment.training;

import org.jspecify.annotations.NullMarked;
