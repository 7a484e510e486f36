package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.util.Optional;

/** Crossplane's Usages: the webhook that denies the deletion of a used object, and the controller. */
final class Usages {
    private static final String FINALIZER = "usage.apiextensions.crossplane.io";
    private static final String IN_USE_LABEL = "crossplane.io/in-use";
    private static final String ATTEMPT_ANNOTATION = "usage.crossplane.io/deletion-attempt-with-policy";
    private static final String DETAILS_ANNOTATION = "crossplane.io/usage-details";
    private static final Duration WAIT_FOR_USER = Duration.ofSeconds(30);
    private static final Duration REPLAY_DELAY = Duration.ofSeconds(2);

    private final Cluster host;
    private final VirtualClock clock;
    private final WorkQueue queue;

    Usages(Cluster host, VirtualClock clock) {
        this.host = host;
        this.clock = clock;
        this.queue = new WorkQueue(clock, Duration.ofSeconds(60), this::reconcile);
        host.watch(event -> {
            if (event.ref().isKind("Usage") && event.after().isPresent()) {
                queue.add(event.ref());
            }
        });
        host.validateDeletion(this::validateDeletion);
    }

    private void validateDeletion(Json.Obj object) {
        if (object.at("metadata", "labels", IN_USE_LABEL).isEmpty()) {
            return;
        }
        var ref = Ref.of(object);
        var usages = host.list("Usage").stream()
                .filter(usage -> of(usage).equals(ref))
                .toList();
        if (!usages.isEmpty()) {
            host.update(ref, each -> JsonEdit.set(each, "Background", "metadata", "annotations", ATTEMPT_ANNOTATION));
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

    private ReconcileResult reconcile(Ref ref) {
        return host.get(ref).map(usage -> reconcile(ref, usage)).orElse(new ReconcileResult.Done());
    }

    private ReconcileResult reconcile(Ref ref, Json.Obj usage) {
        var used = of(usage);
        if (usage.at("metadata", "deletionTimestamp").isPresent()) {
            var composed = usage.at("metadata", "labels", ComposedResource.COMPOSITE_LABEL)
                    .isPresent();
            if (composed && by(usage).flatMap(host::get).isPresent()) {
                return new ReconcileResult.RequeueAfter(WAIT_FOR_USER);
            }
            delete(ref, usage, used);
            return new ReconcileResult.Done();
        }
        host.update(ref, object -> JsonEdit.withFinalizer(object, FINALIZER));
        if (host.get(used).isEmpty()) {
            return new ReconcileResult.Requeue();
        }
        host.update(used, object -> JsonEdit.set(object, "true", "metadata", "labels", IN_USE_LABEL));
        if (by(usage).filter(user -> host.get(user).isEmpty()).isPresent()) {
            return new ReconcileResult.Requeue();
        }
        by(usage)
                .ifPresent(user -> host.update(
                        ref,
                        object -> JsonEdit.set(
                                object,
                                user.kind() + "/" + user.name() + " uses " + used.kind() + "/" + used.name(),
                                "metadata",
                                "annotations",
                                DETAILS_ANNOTATION)));
        by(usage).flatMap(host::get).ifPresent(user -> host.update(ref, object -> Manifests.withOwner(object, user)));
        host.update(
                ref,
                object -> Conditions.with(
                        object, new Condition("Ready", "True", "Available", ""), Optional.empty(), clock.now()));
        return new ReconcileResult.RequeueAfter(Duration.ofMinutes(1));
    }

    private void delete(Ref ref, Json.Obj usage, Ref used) {
        var last = host.list("Usage").stream()
                        .filter(other -> of(other).equals(used))
                        .count()
                == 1;
        var attempted = host.get(used)
                .flatMap(object -> object.at("metadata", "annotations", ATTEMPT_ANNOTATION))
                .isPresent();
        if (last) {
            host.update(used, object -> JsonEdit.remove(object, "metadata", "labels", IN_USE_LABEL));
        }
        host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
        if (attempted && usage.isTrue("spec", "replayDeletion")) {
            // A denied replay is not retried.
            clock.schedule(REPLAY_DELAY, () -> host.attemptDelete(used));
        }
    }

    private static Ref of(Json usage) {
        return reference(usage, "of").orElse(new Ref("", "", "", ""));
    }

    private static Optional<Ref> by(Json usage) {
        return reference(usage, "by");
    }

    private static Optional<Ref> reference(Json usage, String field) {
        var target = usage.object("spec", field);
        return target.text("resourceRef", "name")
                .map(name -> new Ref(
                        target.text("apiVersion").orElse(""),
                        target.text("kind").orElse(""),
                        target.text("resourceRef", "namespace")
                                .orElse(Ref.of(usage).namespace()),
                        name));
    }
}
