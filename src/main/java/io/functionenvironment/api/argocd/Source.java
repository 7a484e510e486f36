package io.functionenvironment.api.argocd;

import io.functionenvironment.json.Json;
import java.util.List;

/**
 * A repository that an Argo CD Application follows.
 *
 * @param path the field of the request, for errors that are found later
 * @param repository its address as written
 * @param url the same, parsed
 * @param json the source in the form of an Application
 */
public record Source(String path, String repository, RepositoryUrl url, Json.Obj json) {
    /** What it names that is not in the repository. */
    public List<RemoteReference> references() {
        return RemoteReference.of(this);
    }
}
