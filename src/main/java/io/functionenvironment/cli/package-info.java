/** The command line: one way in for people, and the one that starts the server. */
@NullMarked
package io.functionenvironment.cli;

import org.jspecify.annotations.NullMarked;
