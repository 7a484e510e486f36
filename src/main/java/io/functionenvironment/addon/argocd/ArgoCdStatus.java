package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.Json;
import io.functionenvironment.status.Progress;
import java.util.List;
import java.util.Optional;

/** {@code status.argocd}. */
record ArgoCdStatus(Optional<ArgoCdSpec> spec, List<ApplicationObject> applications, Observed observed) {

    Json.Obj json(Progress progress) {
        var ui = spec.filter(ArgoCdSpec::ui)
                .map(ignored -> obj(
                        field("address", "https://argocd-server." + ArgoCd.NAMESPACE + ".svc"),
                        field(
                                "portForward",
                                "kubectl port-forward -n " + ArgoCd.NAMESPACE + " service/argocd-server 8080:443"),
                        field("user", "admin"),
                        field(
                                "passwordSecret",
                                obj(
                                        field("namespace", ArgoCd.NAMESPACE),
                                        field("name", "argocd-initial-admin-secret"),
                                        field("key", "password")))));
        return obj(
                field("ready", progress.ready(ArgoCd.OWNER)),
                field("message", progress.sentence(ArgoCd.OWNER)),
                field("namespace", ArgoCd.NAMESPACE),
                field("ui", ui),
                field(
                        "applications",
                        applications.stream()
                                .map(application -> ApplicationState.of(observed, application.component())
                                        .describe(application))
                                .toList()));
    }
}
