package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Argo CD reports of an Application (Argo CD 3.4, {@code Application.status}).
 *
 * @param sync Synced, OutOfSync or Unknown
 * @param health Healthy, Progressing, Degraded, Suspended, Missing or Unknown
 * @param revision that was compared last; of several sources, those of all
 * @param error why it cannot be synchronized
 */
record ApplicationState(
        Optional<String> sync, Optional<String> health, Optional<String> revision, Optional<String> error) {
    private static final ApplicationState UNKNOWN =
            new ApplicationState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final List<String> COMPARED = List.of("repoURL", "path", "chart", "targetRevision");

    /** The first attempt often fails, as when a repository has a custom resource and its definition. */
    private static final int ATTEMPTS = 2;

    /** The state of the Application behind an Object; all empty while Argo CD has not looked at it as it is now. */
    static ApplicationState of(Observed observed, String component) {
        var manifest = observed.get(component).map(ProviderKubernetes::manifest).orElse(Json.Obj.EMPTY);
        var status = manifest.object("status");
        if (!sources(manifest.object("spec")).equals(sources(status.object("sync", "comparedTo")))
                && status.at("sync", "comparedTo").isPresent()) {
            return UNKNOWN;
        }
        var sync = status.text("sync", "status");
        // Where Argo CD could not compare, it notes what was requested, such as HEAD.
        var compared = sync.filter(some -> !some.equals("Unknown")).isPresent();
        return new ApplicationState(
                sync,
                status.text("health", "status"),
                Optional.of(String.join(", ", revisions(status.object("sync"))))
                        .filter(some -> compared && !some.isEmpty()),
                error(status).map(ApplicationError::of));
    }

    /** What a change of the request changes; Argo CD adds fields to the rest. */
    private static List<List<Optional<String>>> sources(Json.Obj parent) {
        var several = parent.items("sources");
        return (several.isEmpty() ? List.<Json>of(parent.object("source")) : several)
                .stream()
                        .map(source -> COMPARED.stream().map(source::text).toList())
                        .toList();
    }

    /** Of one source, or of several; Argo CD leaves empty the field that does not apply, or leaves it out. */
    private static List<String> revisions(Json.Obj parent) {
        return parent.text("revision")
                .filter(some -> !some.isEmpty())
                .map(List::of)
                .orElseGet(() -> parent.items("revisions").stream()
                        .flatMap(item -> item instanceof Json.Text(var revision) ? Stream.of(revision) : Stream.empty())
                        .toList());
    }

    /** Argo CD notes a failed operation as a condition as well, with less stable words. */
    private static Optional<String> error(Json.Obj status) {
        return conditions(status, false).or(() -> operation(status)).or(() -> conditions(status, true));
    }

    private static Optional<String> conditions(Json.Obj status, boolean ofOperations) {
        return status.items("conditions").stream()
                .filter(condition -> condition
                        .text("type")
                        .filter(type -> type.endsWith("Error") && type.equals("SyncError") == ofOperations)
                        .isPresent())
                .flatMap(condition -> condition.text("message").stream())
                .min(String::compareTo);
    }

    /** An operation that failed for a revision says nothing of another one that is synchronized. */
    private static Optional<String> operation(Json.Obj status) {
        var state = status.object("operationState");
        var synced = status.text("sync", "status").equals(Optional.of("Synced"));
        var outdated = synced && !revisions(state.object("syncResult")).equals(revisions(status.object("sync")));
        return state.text("phase")
                .filter(phase -> phase.equals("Failed")
                        || phase.equals("Error")
                        || (phase.equals("Running")
                                && state.at("finishedAt").isPresent()
                                && state.number("retryCount").orElse(0.0) >= ATTEMPTS))
                .filter(ignored -> !outdated)
                .flatMap(ignored -> state.text("message"));
    }

    /** Whether it is synchronized and works. */
    boolean good() {
        return error.isEmpty()
                && sync.equals(Optional.of("Synced"))
                && health.filter(some -> some.equals("Healthy") || some.equals("Suspended"))
                        .isPresent();
    }

    /** Whether it does not become good by itself. */
    boolean failing() {
        return error.isPresent() || health.equals(Optional.of("Degraded"));
    }

    /**
     * What it comes to, as the rest of a sentence that begins with its name. While it changes, the status has the details: a
     * changed condition costs twice as many writes to the Environment.
     *
     * @param automated whether Argo CD synchronizes it by itself
     */
    String sentence(boolean automated) {
        if (error.isPresent()) {
            return "cannot be synchronized: " + error.get();
        }
        if (health.equals(Optional.of("Degraded"))) {
            return "is degraded: something that it deploys does not work";
        }
        return !automated && sync.equals(Optional.of("OutOfSync"))
                ? "differs from the repository, and Argo CD does not synchronize it by itself; start a synchronization, or"
                        + " set syncPolicy.automated to true"
                : "is not yet synchronized and healthy; see status.argocd";
    }

    Json.Obj describe(String name, String repository) {
        return obj(
                field("name", name),
                field("repoURL", repository),
                text("sync", sync),
                text("health", health),
                text("revision", revision),
                text("error", error));
    }
}
