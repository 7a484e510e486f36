package io.functionenvironment.api.app;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * A Helm chart. In a request it may be incomplete; the catalog entry then has the rest.
 *
 * @param repository its address
 * @param digest of an OCI chart; takes precedence over the version
 * @param pullSecret the name of a Secret with the keys username and password, in the Environment's namespace
 */
public record Chart(
        Optional<String> repository,
        Optional<String> name,
        Optional<String> version,
        Optional<String> digest,
        Optional<String> pullSecret) {

    public static final Chart NONE =
            new Chart(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Reads a chart from the form that a Release and an Environment share. */
    public static Chart of(Json json) {
        return new Chart(
                json.text("repository"),
                json.text("name"),
                json.text("version"),
                json.text("digest"),
                // provider-helm writes a pullSecretRef with an empty name if there is none.
                json.text("pullSecretRef", "name").filter(name -> !name.isEmpty()));
    }

    /** The chart in the form that a Release and an Environment share. */
    public Json.Obj json() {
        return obj(
                text("repository", repository),
                text("name", name),
                text("version", version),
                text("digest", digest),
                field("pullSecretRef", pullSecret.map(secret -> obj(field("name", secret)))));
    }

    /** This chart merged over another. If it has a version or a digest, the other's version and digest do not count. */
    public Chart over(Chart below) {
        var pinned = version.isPresent() || digest.isPresent();
        return new Chart(
                repository.or(below::repository),
                name.or(below::name),
                pinned ? version : below.version,
                pinned ? digest : below.digest,
                pullSecret.or(below::pullSecret));
    }

    @Override
    public String toString() {
        return name.orElse("?") + version.or(() -> digest).map(pin -> " " + pin).orElse("");
    }
}
