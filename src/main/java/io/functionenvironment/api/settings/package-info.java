/** The platform's Settings: the shipped defaults, the step's input and an EnvironmentConfig, merged and parsed. */
@NullMarked
package io.functionenvironment.api.settings;

import org.jspecify.annotations.NullMarked;
