package io.functionenvironment.api.app;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * A Helm chart as far as it is named; parts may come from the catalog.
 *
 * @param digest of an OCI chart; it wins over the version
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

    /** The chart in the form that a Release and our own documents share. */
    public static Chart of(Json tree) {
        return new Chart(
                tree.text("repository"),
                tree.text("name"),
                tree.text("version"),
                tree.text("digest"),
                // provider-helm adds a reference to nothing where there is none.
                tree.text("pullSecretRef", "name").filter(name -> !name.isEmpty()));
    }

    public Json.Obj json() {
        return obj(
                text("repository", repository),
                text("name", name),
                text("version", version),
                text("digest", digest),
                field("pullSecretRef", pullSecret.map(secret -> obj(field("name", secret)))));
    }

    /** This chart, with what it does not say taken from another. A version or digest of its own replaces both. */
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
