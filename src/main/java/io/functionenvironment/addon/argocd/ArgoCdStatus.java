package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import io.functionenvironment.status.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code status.argocd}.
 *
 * @param showsUi whether the web interface runs
 * @param applications that are requested without errors
 * @param refused whether the request of the team has errors, so that its Application stays as it is, if it exists
 */
record ArgoCdStatus(boolean showsUi, List<ApplicationObject> applications, boolean refused, Observed observed) {

    Json.Obj json(Progress progress) {
        var ui = Optional.of(showsUi)
                .filter(shows -> shows)
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
                        Stream.concat(kept().stream(), applications.stream().map(this::describe))
                                .toList()));
    }

    private Json.Obj describe(ApplicationObject application) {
        return ApplicationState.of(observed, application.component())
                .describe(application.name(), application.application().first().repository());
    }

    private Optional<Json.Obj> kept() {
        return observed.get(ApplicationObject.TEAM_COMPONENT)
                .filter(ignored -> refused)
                .map(ProviderKubernetes::manifest)
                .map(manifest -> manifest.text("spec", "source", "repoURL")
                        .or(() -> manifest.items("spec", "sources").stream()
                                .findFirst()
                                .flatMap(first -> first.text("repoURL")))
                        .orElse(""))
                .map(repository -> ApplicationState.of(observed, ApplicationObject.TEAM_COMPONENT)
                        .describe(ApplicationObject.TEAM, repository));
    }
}
