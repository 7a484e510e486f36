/** What clusters at all cloud providers have in common: managed resources in order, access to them, and what they cost. */
@NullMarked
package io.functionenvironment.cluster.cloud;

import org.jspecify.annotations.NullMarked;
