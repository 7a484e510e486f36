package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The manifest of one Object, as provider-kubernetes 1.3 observes and changes it with server-side apply. */
record ManifestClient(Json.Obj managed, ProviderConfigs.Target target, CustomKinds customKinds, VirtualClock clock)
        implements ExternalClient {

    /** The name defaults to the Object's. */
    static Json.Obj manifest(Json managed) {
        var manifest = managed.object("spec", "forProvider", "manifest");
        return manifest.text("metadata", "name").isPresent()
                ? manifest
                : JsonEdit.set(manifest, Ref.of(managed).name(), "metadata", "name");
    }

    private Ref ref() {
        return Ref.of(manifest(managed));
    }

    private String fieldManager() {
        return "provider-kubernetes/" + Ref.of(managed).name();
    }

    /** What the simulation itself deploys stays, and gets what is reported of it. */
    @Override
    public void restore(boolean connected) {
        var reported = managed.object("status", "atProvider", "manifest");
        if (reported.isEmpty() || target.cluster().isEmpty()) {
            return;
        }
        var cluster = target.cluster().get();
        customKinds.serve(cluster, ref());
        var restored = cluster.get(ref())
                .map(live -> JsonEdit.set(Merge.over(reported, live), reported.object("status"), "status"))
                .orElse(reported);
        cluster.restore(
                restored, Restoration.isApplied(managed) ? Map.of(fieldManager(), manifest(managed)) : Map.of());
    }

    @Override
    public Observation observe() {
        return cluster()
                .get(ref())
                .filter(found -> found.at("status").isPresent())
                .or(() -> ObservedWorkload.of(managed, manifest(managed), cluster()))
                .or(() -> cluster().get(ref()))
                .map(found -> {
                    var upToDate = upToDate();
                    return new Observation(true, upToDate, Map.of(), object -> status(object, found, upToDate));
                })
                .orElse(Observation.ABSENT);
    }

    /**
     * Compares the fields that this Object owns by server-side apply, so an existing object that it has not applied yet
     * differs. Without Create and Update everything is up to date.
     */
    private boolean upToDate() {
        var policies = ManagementPolicies.of(managed);
        return (!policies.create() && !policies.update())
                || cluster()
                        .appliedBy(fieldManager(), ref())
                        .filter(manifest(managed)::equals)
                        .isPresent();
    }

    @Override
    public Operation create() {
        return Operation.immediate(() -> apply("cannot create object: "));
    }

    @Override
    public Operation update() {
        return new Operation(Duration.ZERO, () -> {
            var updated = apply("cannot apply object: ");
            return object -> status(object, updated, false);
        });
    }

    private Json.Obj apply(String prefix) {
        try {
            return cluster().apply(fieldManager(), manifest(managed));
        } catch (ApiError denied) {
            throw new ExternalError(prefix + "cannot create object: " + denied.message());
        }
    }

    @Override
    public void delete() {
        try {
            switch (managed.text("spec", "forProvider", "deletionPropagationPolicy")
                    .orElse("Background")) {
                case "Foreground" -> cluster().deleteForeground(ref());
                default -> cluster().delete(ref());
            }
        } catch (ApiError denied) {
            throw new ExternalError("cannot delete object: " + denied.message());
        }
    }

    private Json.Obj status(Json.Obj object, Json.Obj found, boolean upToDate) {
        var observed = JsonEdit.set(object, obj(field("manifest", found)), "status", "atProvider");
        return readiness(found, upToDate)
                .map(condition -> Conditions.with(observed, condition, Optional.empty(), clock.now()))
                .orElse(observed);
    }

    /** Empty leaves the condition as it is. */
    private Optional<Condition> readiness(Json.Obj found, boolean upToDate) {
        return switch (managed.text("spec", "readiness", "policy").orElse("SuccessfulCreate")) {
            case "DeriveFromObject" -> Optional.of(ready(Conditions.isTrue(found, "Ready"), ""));
            case "AllTrue" -> {
                var conditions = found.items("status", "conditions");
                yield Optional.of(ready(
                        !conditions.isEmpty()
                                && conditions.stream()
                                        .allMatch(condition -> condition
                                                .text("status")
                                                .filter("True"::equals)
                                                .isPresent()),
                        ""));
            }
            case "DeriveFromCelQuery" -> Optional.of(evaluate(found));
            default -> upToDate ? Optional.of(ready(true, "")) : Optional.empty();
        };
    }

    private Condition evaluate(Json.Obj found) {
        try {
            var query = managed.text("spec", "readiness", "celQuery").orElse("");
            return ready(CelQuery.isTrue(query, found), "");
        } catch (CelQuery.EvaluationError error) {
            return ready(false, "failed to eval the program: " + error.getMessage());
        } catch (IllegalArgumentException unknown) {
            // The rest of CEL is not imitated, so what a team asks for in it counts as true.
            return ready(true, "");
        }
    }

    private static Condition ready(boolean ready, String message) {
        return new Condition("Ready", ready ? "True" : "False", ready ? "Available" : "Unavailable", message);
    }

    private Cluster cluster() {
        var version = ref().apiVersion();
        var cluster = target.cluster()
                .orElseThrow(() -> new ExternalError("cannot get object: failed to get server groups: Get \"https://"
                        + target.address() + "/api?timeout=32s\": dial tcp: connect: connection refused"));
        if (!customKinds.isServed(cluster, ref())) {
            throw new ExternalError("cannot get object: "
                    + (customKinds.servesGroup(cluster, version)
                            ? "no matches for kind \"" + ref().kind() + "\" in version \"" + version + "\""
                            : "unable to retrieve the complete list of server APIs: " + version + ": no matches for "
                                    + version + ", Resource="));
        }
        return cluster;
    }
}
