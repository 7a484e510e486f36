package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.NamespaceMetadata;
import io.functionenvironment.json.FieldErrors;

/** What is wrong with the installation of an app only together with its catalog entry. */
final class InstallationRules {
    private InstallationRules() {}

    /**
     * Whether the app can be installed like this.
     *
     * @param complete the app over its catalog entry
     * @param errors receives why not, and what the entry overrides
     */
    static boolean hold(App app, App entry, App complete, FieldErrors errors) {
        var before = errors.size();
        if (app.installation().waitTimeout().isPresent()
                && !complete.installation().waits().orElse(false)) {
            errors.add(
                    app.path() + ".waitTimeout",
                    "is set, but neither the app nor its catalog entry sets wait to true; set wait to true, or remove"
                            + " waitTimeout");
        }
        var own = app.installation().namespaceMetadata();
        if (!complete.installation().namespaceMetadata().isEmpty()
                && NamespaceMetadata.reserves(complete.targetNamespace())) {
            errors.add(
                    app.path() + (own.isEmpty() ? ".namespace" : ".namespaceMetadata"),
                    "is for the namespace " + complete.targetNamespace()
                            + ", which is one of Kubernetes itself and gets no labels or annotations; use another namespace");
        }
        var holds = errors.size() == before;
        own.overridden(entry.installation().namespaceMetadata())
                .forEach(field -> errors.add(
                        app.path() + ".namespaceMetadata." + field,
                        "is something else in the catalog entry \"" + entry.name() + "\", which applies; remove it"));
        return holds;
    }
}
