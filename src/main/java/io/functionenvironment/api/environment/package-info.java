/** What the developer asks for, parsed once, with every fault named by its path. */
@NullMarked
package io.functionenvironment.api.environment;

import org.jspecify.annotations.NullMarked;
