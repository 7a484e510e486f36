package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;

/**
 * An app with what its catalog entry adds.
 *
 * @param app with a complete chart
 */
record ResolvedApp(App app, AppValues values) {}
