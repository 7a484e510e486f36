package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which apps a cluster admits that others use, too. Helm installs with the credentials of the platform there, so a chart that is not
 * one of the platform's could do everything in the cluster that these allow.
 */
record SharedClusterRules(Inputs inputs, ClusterTarget target) {
    /** Helm's limit for the name of a release. */
    private static final int RELEASE = 53;

    /**
     * The apps that are admitted.
     *
     * @param errors receives why the others are not
     */
    Map<String, ResolvedApp> admitted(Map<String, ResolvedApp> valid, FieldErrors errors) {
        if (target.sharing().namespace().isEmpty()) {
            return valid;
        }
        var admitted = new LinkedHashMap<>(valid);
        admitted.values().removeIf(resolved -> !admits(resolved, errors));
        return admitted;
    }

    private boolean admits(ResolvedApp resolved, FieldErrors errors) {
        var app = resolved.app();
        var before = errors.size();
        var most = RELEASE - target.sharing().suffix().length();
        if (app.name().length() > most) {
            errors.add(
                    app.path() + ".name",
                    "has " + app.name().length() + " characters; must have at most " + most
                            + " in a cluster that others use, too, because the name of the Helm release continues with "
                            + target.sharing().suffix());
        }
        if (AppNamespace.isFor(resolved)) {
            errors.add(
                    app.path() + ".namespaceMetadata",
                    "is set for the app or its catalog entry, but all apps of this Environment are in the namespace that the"
                            + " platform gave it; remove it, or request a size with a cluster of its own");
        }
        if (!target.sharing().trusted() && !ofPlatform(app) && !new ChartCatalog(inputs).has(app.chart())) {
            errors.add(
                    app.path() + ".chart.repository",
                    "is " + app.chart().repository().orElse("")
                            + ", but teams may install only charts of the catalog in a cluster that others use, too; "
                            + (inputs.settings().catalog().isEmpty()
                                    ? "remove the app"
                                    : "remove chart.repository and chart.name, and set catalog to one of "
                                            + new ChartCatalog(inputs).names())
                            + ", or request a size with a cluster of its own");
        }
        if (!target.sharing().trusted() && !new ChartCatalog(inputs).takesTemplates(app.chart())) {
            if (ofPlatform(app)) {
                TemplatesInValues.refuseUnseen(resolved, errors);
            } else {
                TemplatesInValues.refuse(resolved, errors);
            }
        }
        return errors.size() == before;
    }

    private boolean ofPlatform(App app) {
        return inputs.settings().apps().stream().anyMatch(other -> other.name().equals(app.name()));
    }
}
