@NullMarked
package io.functionenvironment.plan;

import org.jspecify.annotations.NullMarked;
