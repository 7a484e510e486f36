/** The command line for people, which the server's class path does not contain. */
@NullMarked
package io.functionenvironment.cli;

import org.jspecify.annotations.NullMarked;
