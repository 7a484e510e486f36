/** The entry point of the server: connects the function to gRPC. It knows nothing of the command line for people. */
@NullMarked
package io.functionenvironment.main;

import org.jspecify.annotations.NullMarked;
