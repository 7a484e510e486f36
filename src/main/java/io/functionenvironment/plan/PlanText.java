package io.functionenvironment.plan;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.preview.TextView;
import io.functionenvironment.simulation.Ref;
import java.util.ArrayList;
import java.util.List;

/** Plans as text, in the signs of previews. */
public record PlanText(TextView view) {
    private static final String ASSUMED =
            "Assumed: charts can be installed, images pulled, the host cluster has room, and"
                    + " providers take as long as in the simulation.";

    /** Renders plans, with a line that counts them if there are several. */
    public String render(List<PlanResult> plans) {
        var text = plans.stream().map(this::render).collect(joining("\n"));
        return plans.size() < 2 ? text : text + "\n" + count(plans);
    }

    private String render(PlanResult plan) {
        var environment = plan.environment();
        var text = new StringBuilder(view.fit("%s %s/%s of %s\n"
                .formatted(environment.kind(), environment.namespace(), environment.name(), environment.apiVersion())));
        text.append(view.lines(plan.entries()));
        ending(plan).forEach(line -> text.append(view.fit(line)).append('\n'));
        return text.toString();
    }

    private static List<String> ending(PlanResult plan) {
        var lines = new ArrayList<String>();
        plan.refused().ifPresent(refused -> lines.add("Refused: " + refused));
        if (plan.changes().isEmpty()) {
            lines.add("No component changes.");
        } else {
            lines.add("Plan: %d to create, %d to change, %d to restart, %d to remove."
                    .formatted(
                            plan.created().size(),
                            plan.changed().size(),
                            plan.restarted().size(),
                            plan.removed().size()));
        }
        if (!plan.entries().isEmpty() && plan.ready()) {
            lines.add("Ready in the end, after " + TextView.time(plan.took()).substring(1) + ".");
        }
        plan.missing().forEach(missing -> lines.add("Not ready in the end: " + missing));
        if (!plan.changes().isEmpty()) {
            lines.add(ASSUMED);
        }
        if (!plan.inferred().isEmpty()) {
            lines.add("Inferred, not read: the connection " + secrets(plan.inferred()) + " of " + names(plan.inferred())
                    + ".");
        }
        if (!plan.notRun().isEmpty()) {
            lines.add("Not run: " + String.join(", ", plan.notRun()) + ".");
        }
        if (!plan.unread().isEmpty()) {
            lines.add("Not read, so they count as absent: " + names(plan.unread()) + ".");
        }
        plan.unanswered()
                .forEach((ref, why) -> lines.add(
                        "Not read: %s %s of %s: %s.".formatted(ref.kind(), ref.name(), ref.apiVersion(), why)));
        if (!plan.unanswered().isEmpty()) {
            lines.add("So apps keep the values that they have from there, and an app that has none yet waits.");
        }
        return lines;
    }

    private static String secrets(List<Ref> inferred) {
        return inferred.size() == 1 ? "Secret" : "Secrets";
    }

    private static String names(List<Ref> refs) {
        return refs.stream().map(ref -> ref.kind() + " " + ref.name()).collect(joining(", "));
    }

    private static String count(List<PlanResult> plans) {
        return "%d Environments: %d unchanged, %d to change, %d refused.\n"
                .formatted(
                        plans.size(),
                        count(plans, PlanResult.Outcome.UNCHANGED),
                        count(plans, PlanResult.Outcome.CHANGED),
                        count(plans, PlanResult.Outcome.REFUSED));
    }

    private static long count(List<PlanResult> plans, PlanResult.Outcome outcome) {
        return plans.stream().filter(plan -> plan.outcome() == outcome).count();
    }
}
