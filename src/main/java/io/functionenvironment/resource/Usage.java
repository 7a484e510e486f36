package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one resource as long as another exists ({@code protection.crossplane.io/v1beta1}). We are not called while an
 * Environment is deleted, so an order in which its parts go has to stand here beforehand.
 *
 * @param by the other; none: as long as this itself exists
 * @param reason what whoever tries to delete it is told; Crossplane tells it only where there is no other
 * @param replays whether a deletion that was refused is carried out once this is gone
 */
public record Usage(Meta meta, Party of, Optional<Party> by, Optional<String> reason, boolean replays)
        implements Resource {

    /** One of our own resources, by the name that Kubernetes knows it by. */
    public record Party(String apiVersion, String kind, String name) {
        public static Party of(ObservedResource observed) {
            return new Party(
                    observed.body().text("apiVersion").orElse(""),
                    observed.body().text("kind").orElse(""),
                    observed.name());
        }

        private static Party read(Json tree) {
            return new Party(
                    tree.text("apiVersion").orElse(""),
                    tree.text("kind").orElse(""),
                    tree.text("resourceRef", "name").orElse(""));
        }

        private Json.Obj tree() {
            return obj(
                    field("apiVersion", apiVersion),
                    field("kind", kind),
                    field("resourceRef", obj(field("name", name))));
        }
    }

    @Override
    public Readiness readiness() {
        return Readiness.READY;
    }

    @Override
    public ManagementPolicies policy() {
        return ManagementPolicies.NO_DELETE;
    }

    @Override
    public Resource with(ManagementPolicies policy) {
        return this;
    }

    @Override
    public List<?> thing() {
        return List.of(of, by, reason, replays);
    }

    @Override
    public Json.Obj body() {
        return obj(
                field("apiVersion", "protection.crossplane.io/v1beta1"),
                field("kind", "Usage"),
                field("metadata", meta.tree()),
                field(
                        "spec",
                        obj(
                                field("of", of.tree()),
                                field("by", by.map(Party::tree)),
                                text("reason", reason),
                                field("replayDeletion", replays))));
    }

    static Usage read(Meta meta, ObservedResource observed) {
        var spec = observed.body().object("spec");
        return new Usage(
                meta,
                Party.read(spec.object("of")),
                spec.at("by").map(Party::read),
                spec.text("reason"),
                spec.isTrue("replayDeletion"));
    }
}
