package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The external resource of a {@link ManagedKind}.
 *
 * @param name the external name
 * @param parameters the {@code spec.forProvider} that it has
 * @param cluster the contents, if it is a Kubernetes cluster
 * @param reported what its provider reported where it was observed elsewhere
 */
record ExternalResource(
        String id,
        String name,
        Json.Obj parameters,
        Instant readyAt,
        Optional<Instant> goneAt,
        Optional<Cluster> cluster,
        Json.Obj reported) {

    static ExternalResource created(
            String id, String name, Json.Obj parameters, Instant readyAt, Optional<Cluster> cluster) {
        return new ExternalResource(id, name, parameters, readyAt, Optional.empty(), cluster, Json.Obj.EMPTY);
    }

    /** What a managed resource that was observed elsewhere stands for. */
    static ExternalResource restored(Json.Obj managed, String name, Instant readyAt, Optional<Cluster> cluster) {
        var reported = managed.object("status", "atProvider");
        return new ExternalResource(
                reported.text("id").orElse(name),
                name,
                Restoration.isApplied(managed) ? managed.object("spec", "forProvider") : Json.Obj.EMPTY,
                readyAt,
                Optional.empty(),
                cluster,
                reported);
    }

    boolean ready(Instant now) {
        return goneAt.isEmpty() && !now.isBefore(readyAt);
    }

    Condition condition(Instant now) {
        return ready(now)
                ? new Condition("Ready", "True", "Available", "")
                : new Condition("Ready", "False", goneAt.isPresent() ? "Deleting" : "Creating", "");
    }

    /**
     * The parameters that a managed resource desires. As in Upjet, late initialization fills in what is unset at the top, and not
     * what is unset in an object that is set.
     */
    Json.Obj desired(Json.Obj managed) {
        var desired = managed.object("spec", "forProvider");
        if (!ManagementPolicies.of(managed).lateInitialize()) {
            return desired;
        }
        var fields = new LinkedHashMap<>(parameters.fields());
        fields.putAll(desired.fields());
        return new Json.Obj(fields);
    }

    boolean gone(Instant now) {
        return goneAt.filter(gone -> !now.isBefore(gone)).isPresent();
    }

    ExternalResource with(Json.Obj other) {
        return new ExternalResource(id, name, other, readyAt, goneAt, cluster, reported);
    }

    ExternalResource goneAt(Instant time) {
        return new ExternalResource(id, name, parameters, readyAt, Optional.of(time), cluster, reported);
    }

    /** Its kubeconfig, if it is a cluster that is ready. */
    Optional<String> kubeconfig(Instant now) {
        return cluster.filter(ignored -> ready(now)).map(ignored -> id + "@" + name + ".example.test:443");
    }

    /** What its provider reports of it. */
    Json.Obj atProvider(Instant now) {
        if (ready(now) && !reported.isEmpty()) {
            return reported;
        }
        return obj(
                field("id", id),
                field("arn", "arn:aws:iam::123456789012:role/" + name),
                field("state", goneAt.isPresent() ? "DELETING" : ready(now) ? "ACTIVE" : "CREATING"));
    }
}
