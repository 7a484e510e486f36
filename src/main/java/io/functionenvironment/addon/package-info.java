/** What every add-on provides: components inside the Environment's cluster, and what is reported of them. */
@NullMarked
package io.functionenvironment.addon;

import org.jspecify.annotations.NullMarked;
