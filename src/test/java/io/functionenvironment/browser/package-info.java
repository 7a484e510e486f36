/** A real browser for tests, driven by the Chrome DevTools Protocol. */
@NullMarked
package io.functionenvironment.browser;

import org.jspecify.annotations.NullMarked;
