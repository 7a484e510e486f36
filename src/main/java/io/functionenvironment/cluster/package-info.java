/** What every kind of cluster provides: components, and access for add-ons. */
@NullMarked
package io.functionenvironment.cluster;

import org.jspecify.annotations.NullMarked;
