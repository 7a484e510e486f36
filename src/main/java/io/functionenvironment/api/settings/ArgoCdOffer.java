package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.argocd.Application;
import io.functionenvironment.api.argocd.RepositoryUrl;
import io.functionenvironment.api.argocd.Source;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Optional;

/**
 * How Argo CD is installed in Environments, and what it may follow.
 *
 * @param allowed whether teams may request it
 * @param explicitChart whether the platform set the chart itself. The shipped one only counts when Argo CD is installed
 * @param values of the chart, merged over those of the function
 * @param credentials a Secret with values of the chart, in the namespace of each Environment with Argo CD
 * @param repositories hosts, or hosts and the beginning of a path, that teams may use; empty means all
 * @param application what every Environment follows besides what its team requests
 */
public record ArgoCdOffer(
        boolean allowed,
        Chart chart,
        boolean explicitChart,
        Json.Obj values,
        Optional<SecretKey> credentials,
        Optional<List<String>> repositories,
        Optional<Application> application) {

    /** A key of a Secret in the namespace of the Environment. */
    public record SecretKey(String name, String key) {}

    /** Reports the sources that teams may not use, and what else of other places sources name. */
    public void check(List<Source> sources, FieldErrors errors) {
        repositories.ifPresent(places -> sources.forEach(source -> {
            check(source.path() + ".repoURL", Optional.of(source.url()), "use", places, errors);
            source.references()
                    .forEach(reference -> check(
                            reference.path(), reference.url(), "use a path in the repository, or", places, errors));
        }));
    }

    private static void check(
            String path, Optional<RepositoryUrl> url, String wayOut, List<String> places, FieldErrors errors) {
        if (url.filter(some -> places.stream().anyMatch(some::within)).isEmpty()) {
            errors.add(
                    path,
                    "is in "
                            + url.map(some -> Redaction.of(some.place())).orElse("a place that is not clear")
                            + ", which this platform does not allow; "
                            + (places.isEmpty()
                                    ? "no repository is allowed"
                                    : wayOut + " a repository in " + String.join(", ", places)));
        }
    }
}
