/** What Argo CD is to synchronize, as a team or the platform writes it. */
@NullMarked
package io.functionenvironment.api.argocd;

import org.jspecify.annotations.NullMarked;
