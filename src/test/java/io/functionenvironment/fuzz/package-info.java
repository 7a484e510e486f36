/** Coverage-guided fuzzing of everything that reads input. Without a fuzzer, the tests only repeat the inputs that are kept. */
@NullMarked
package io.functionenvironment.fuzz;

import org.jspecify.annotations.NullMarked;
