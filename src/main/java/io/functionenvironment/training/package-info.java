/** Build steps that use the simulator: write the warm-up requests, and train the ahead-of-time cache of the image. */
@NullMarked
package io.functionenvironment.training;

import org.jspecify.annotations.NullMarked;
