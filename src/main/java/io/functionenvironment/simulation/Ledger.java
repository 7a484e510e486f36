package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a provider writes on the resources it manages. */
record Ledger(Cluster host, Timeline timeline) {
    private static final String TOKEN = "crossplane.io/reconcile-requested-at";
    private static final String ATTEMPT = "crossplane.io/external-create-";

    /** How far the creation of the thing is: pending, succeeded or failed. */
    void note(Ref ref, String attempt) {
        host.update(
                ref,
                object -> Edit.set(object, timeline.now().toString(), "metadata", "annotations", ATTEMPT + attempt));
    }

    /** All of a look's findings are written at once, with the request to look that was thereby met. */
    void write(Ref ref, UnaryOperator<Tree.Obj> edit) {
        host.update(
                ref,
                object -> object.text("metadata", "annotations", TOKEN)
                        .map(token -> Edit.set(edit.apply(object), token, "status", "lastHandledReconcileAt"))
                        .orElseGet(() -> edit.apply(object)));
    }

    Tree.Obj synced(Tree.Obj object) {
        return said(object, "Synced", "True", "ReconcileSuccess", "");
    }

    Tree.Obj said(Tree.Obj object, String type, String status, String reason, String message) {
        return Conditions.with(
                object,
                new Answer.Condition(type, status, reason, message),
                object.number("metadata", "generation"),
                timeline.now());
    }

    /** The annotations by which others tell the provider something. */
    static Tree.Obj wishes(Tree.Obj object) {
        var annotations = object.object("metadata", "annotations");
        for (var attempt : List.of("pending", "failed", "succeeded")) {
            annotations = Edit.remove(annotations, ATTEMPT + attempt);
        }
        return annotations;
    }
}
