package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;

/** Crossplane's Usages: what is used cannot be deleted, and goes once its last user is gone. */
final class Usages {
    private static final String FINALIZER = "usage.apiextensions.crossplane.io";
    private static final String IN_USE = "crossplane.io/in-use";
    private static final Duration RECHECK = Duration.ofSeconds(30);
    private static final Duration REPLAY = Duration.ofSeconds(2);

    private final Cluster host;
    private final Timeline timeline;
    private final WorkQueue queue;

    Usages(Cluster host, Timeline timeline) {
        this.host = host;
        this.timeline = timeline;
        this.queue = new WorkQueue(timeline, Duration.ofSeconds(60), this::reconcile);
        host.watch(change -> {
            if (change.ref().is("Usage") && change.after().isPresent()) {
                queue.add(change.ref());
            }
        });
        host.guardDeletion(this::guard);
    }

    private void guard(Json.Obj object) {
        if (object.at("metadata", "labels", IN_USE).isEmpty()) {
            return;
        }
        var ref = Ref.of(object);
        var usages = host.list("Usage").stream()
                .filter(usage -> of(usage).equals(ref))
                .toList();
        if (!usages.isEmpty()) {
            host.update(
                    ref,
                    each -> JsonEdit.set(
                            each,
                            "Background",
                            "metadata",
                            "annotations",
                            "usage.crossplane.io/deletion-attempt-with-policy"));
            var first = usages.getFirst();
            throw new ApiError(
                    "admission webhook \"nousages.protection.crossplane.io\" denied the request: This resource"
                            + " is in-use by " + usages.size() + " usage(s), including the Usage \""
                            + Ref.of(first).name()
                            + by(first)
                                    .map(user -> "\" by resource " + user.kind() + "/" + user.name())
                                    .orElseGet(() -> "\" with reason: \""
                                            + first.text("spec", "reason").orElse("") + "\"")
                            + ".");
        }
    }

    private Outcome reconcile(Ref ref) {
        return host.get(ref).map(usage -> reconcile(ref, usage)).orElse(new Outcome.Done());
    }

    private Outcome reconcile(Ref ref, Json.Obj usage) {
        var used = of(usage);
        if (usage.at("metadata", "deletionTimestamp").isPresent()) {
            var composed =
                    usage.at("metadata", "labels", "crossplane.io/composite").isPresent();
            if (composed && by(usage).flatMap(host::get).isPresent()) {
                return new Outcome.Later(RECHECK);
            }
            release(ref, usage, used);
            return new Outcome.Done();
        }
        host.update(ref, object -> JsonEdit.withFinalizer(object, FINALIZER));
        if (host.get(used).isEmpty()) {
            return new Outcome.Retry();
        }
        host.update(used, object -> JsonEdit.set(object, "true", "metadata", "labels", IN_USE));
        if (by(usage).filter(user -> host.get(user).isEmpty()).isPresent()) {
            return new Outcome.Retry();
        }
        host.update(
                ref,
                object -> Conditions.with(
                        object,
                        new Answer.Condition("Ready", "True", "Available", ""),
                        Optional.empty(),
                        timeline.now()));
        return new Outcome.Later(Duration.ofMinutes(1));
    }

    private void release(Ref ref, Json.Obj usage, Ref used) {
        var last = host.list("Usage").stream()
                        .filter(other -> of(other).equals(used))
                        .count()
                == 1;
        var tried = host.get(used)
                .flatMap(object ->
                        object.at("metadata", "annotations", "usage.crossplane.io/deletion-attempt-with-policy"))
                .isPresent();
        if (last) {
            host.update(used, object -> JsonEdit.remove(object, "metadata", "labels", IN_USE));
        }
        host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
        if (tried && usage.isTrue("spec", "replayDeletion")) {
            // Where that is refused as well, nobody tries again.
            timeline.after(REPLAY, () -> host.attemptDelete(used));
        }
    }

    private static Ref of(Json usage) {
        return party(usage, "of").orElse(new Ref("", "", "", ""));
    }

    private static Optional<Ref> by(Json usage) {
        return party(usage, "by");
    }

    private static Optional<Ref> party(Json usage, String which) {
        var party = usage.object("spec", which);
        return party.text("resourceRef", "name")
                .map(name -> new Ref(
                        party.text("apiVersion").orElse(""),
                        party.text("kind").orElse(""),
                        party.text("resourceRef", "namespace")
                                .orElse(Ref.of(usage).namespace()),
                        name));
    }
}
