package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Refuses the deletion of one resource while another exists ({@code protection.crossplane.io/v1beta1}). Crossplane does not
 * call functions while it deletes a composite, so an order of deletion has to be desired beforehand.
 *
 * @param by the other resource; none means as long as this Usage exists
 * @param reason shown to a person who tries to delete; Crossplane shows it only where there is no other resource
 * @param replayDeletion whether Crossplane repeats a refused deletion once this Usage is gone
 * @param attempted whether a deletion of the protected resource had been attempted before this Usage was desired
 */
public record Usage(Party of, Optional<Party> by, Optional<String> reason, boolean replayDeletion, boolean attempted)
        implements Resource {
    private static final String ATTEMPTED = Tracking.PREFIX + "attempted-before";

    /** A resource by the name that Kubernetes knows it by. */
    public record Party(Gvk gvk, String name) {
        public static Party of(ObservedResource observed) {
            return new Party(observed.gvk(), observed.name());
        }

        private static Party read(Json json) {
            return new Party(Gvk.of(json), json.text("resourceRef", "name").orElse(""));
        }

        /** Whether both name the same resource, in whatever version. */
        public boolean same(Party other) {
            return name.equals(other.name) && gvk.sameKind(other.gvk);
        }

        private Json.Obj json() {
            return obj(
                    field("apiVersion", gvk.apiVersion()),
                    field("kind", gvk.kind()),
                    field("resourceRef", obj(field("name", name))));
        }
    }

    @Override
    public Gvk gvk() {
        return CrossplaneCore.USAGE;
    }

    @Override
    public Readiness readiness() {
        return Readiness.READY;
    }

    @Override
    public List<?> identity() {
        return List.of(of, by, reason, replayDeletion);
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        return obj(
                field("apiVersion", gvk().apiVersion()),
                field("kind", gvk().kind()),
                field(
                        "metadata",
                        tracking.metadata(text(ATTEMPTED, attempted ? Optional.of("true") : Optional.empty()))),
                field(
                        "spec",
                        obj(
                                field("of", of.json()),
                                field("by", by.map(Party::json)),
                                text("reason", reason),
                                field("replayDeletion", replayDeletion))));
    }

    static Usage read(ObservedResource observed) {
        var spec = observed.body().object("spec");
        return new Usage(
                Party.read(spec.object("of")),
                spec.at("by").map(Party::read),
                spec.text("reason"),
                spec.isTrue("replayDeletion"),
                observed.annotation(ATTEMPTED).isPresent());
    }
}
