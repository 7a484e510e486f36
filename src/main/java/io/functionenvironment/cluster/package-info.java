/** What every kind of cluster provides: components, and the way in that add-ons need. */
@NullMarked
package io.functionenvironment.cluster;

import org.jspecify.annotations.NullMarked;
