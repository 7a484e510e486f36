package io.functionenvironment.plan;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.PreviewResult;
import io.functionenvironment.simulation.Ref;
import java.util.List;
import java.util.Locale;

/** Plans as JSON, for programs. */
public final class PlanJson {
    private PlanJson() {}

    /** An object with the field {@code environments}. */
    public static String of(List<PlanResult> plans) {
        return Yaml.json(obj(field(
                        "environments",
                        plans.stream().map(PlanJson::environment).toList())))
                + "\n";
    }

    private static Json environment(PlanResult plan) {
        return obj(
                field("apiVersion", plan.environment().apiVersion()),
                field("kind", plan.environment().kind()),
                field("namespace", plan.environment().namespace()),
                field("name", plan.environment().name()),
                field("outcome", plan.outcome().name().toLowerCase(Locale.ROOT)),
                text("refused", plan.refused()),
                field("readyInTheEnd", plan.ready()),
                field("seconds", plan.took().toSeconds()),
                Json.texts("created", plan.created()),
                Json.texts("changed", plan.changed()),
                Json.texts("restarted", plan.restarted()),
                Json.texts("removed", plan.removed()),
                field("changes", plan.changes().stream().map(PlanJson::change).toList()),
                field(
                        "events",
                        plan.entries().stream()
                                .flatMap(entry -> entry.lines().stream().map(line -> event(entry, line)))
                                .toList()),
                Json.texts("missing", plan.missing()),
                field("inferredConnectionSecretsOf", resources(plan.inferred())),
                Json.texts("notRun", plan.notRun()),
                field("notRead", resources(plan.unread())),
                field(
                        "valuesNotReadFrom",
                        plan.unanswered().entrySet().stream()
                                .map(entry -> unanswered(entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private static Json change(Change change) {
        return obj(
                field("seconds", change.at().toSeconds()),
                field("action", change.action().name().toLowerCase(Locale.ROOT)),
                field("component", change.component()),
                field("kind", change.kind()),
                text("name", change.name()),
                items("paths", change.paths().stream().<Json>map(Json.Text::new).toList()));
    }

    private static Json event(PreviewResult.Entry entry, PreviewResult.Line line) {
        return obj(
                field("seconds", entry.at().toSeconds()),
                field("type", line.mark().name().toLowerCase(Locale.ROOT)),
                field("name", line.name()),
                field("message", line.text()));
    }

    private static Json unanswered(Ref ref, String why) {
        return obj(
                field("apiVersion", ref.apiVersion()),
                field("kind", ref.kind()),
                field("name", ref.name()),
                field("reason", why));
    }

    private static List<Json> resources(List<Ref> refs) {
        return refs.stream()
                .<Json>map(ref -> obj(
                        field("apiVersion", ref.apiVersion()), field("kind", ref.kind()), field("name", ref.name())))
                .toList();
    }
}
