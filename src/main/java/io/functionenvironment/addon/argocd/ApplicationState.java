package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import io.functionenvironment.status.ConditionReason;
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
    private static final int MAX_LENGTH = 512;

    /** The state of the Application behind an Object; all empty while Argo CD has not looked at it. */
    static ApplicationState of(Observed observed, String component) {
        var status = observed.get(component)
                .map(ProviderKubernetes::manifest)
                .map(manifest -> manifest.object("status"))
                .orElse(Json.Obj.EMPTY);
        return new ApplicationState(
                status.text("sync", "status"),
                status.text("health", "status"),
                status.text("sync", "revision").filter(some -> !some.isEmpty()).or(() -> revisions(status)),
                error(status));
    }

    private static Optional<String> revisions(Json.Obj status) {
        var all = status.items("sync", "revisions").stream()
                .flatMap(item -> item instanceof Json.Text(var revision) ? Stream.of(revision) : Stream.empty())
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    /** Errors of comparison and of the last operation. How often something was tried changes the text for no reason. */
    private static Optional<String> error(Json.Obj status) {
        var compared = status.items("conditions").stream()
                .filter(condition -> condition
                        .text("type")
                        .filter(type -> type.endsWith("Error"))
                        .isPresent())
                .flatMap(condition -> condition.text("message").stream())
                .findFirst();
        var operated = status.text("operationState", "phase")
                .filter(phase -> phase.equals("Failed") || phase.equals("Error"))
                .flatMap(phase -> status.text("operationState", "message"));
        return compared.or(() -> operated)
                .map(message -> message.replaceAll("\\s*\\(retried \\d+ times\\)\\.?", "")
                        .replaceAll("\\s+", " ")
                        .strip())
                .map(message -> message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH - 1) + "…");
    }

    /** Whether it is synchronized and works. */
    boolean good() {
        return sync.equals(Optional.of("Synced"))
                && health.filter(some -> some.equals("Healthy") || some.equals("Suspended"))
                        .isPresent();
    }

    /** The reason of a condition that stands for it. */
    ConditionReason reason() {
        return good()
                ? ConditionReason.AVAILABLE
                : error.isPresent() || health.equals(Optional.of("Degraded"))
                        ? ConditionReason.FAILING
                        : ConditionReason.PROGRESSING;
    }

    /** What it comes to, as the rest of a sentence that begins with its name. */
    String sentence() {
        return error.orElseGet(
                () -> "is " + sync.orElse("not compared yet") + " and " + health.orElse("of unknown health"));
    }

    Json.Obj describe(ApplicationObject application) {
        return obj(
                field("name", application.name()),
                field("repoURL", application.application().first().repository()),
                text("sync", sync),
                text("health", health),
                text("revision", revision),
                text("error", error));
    }
}
