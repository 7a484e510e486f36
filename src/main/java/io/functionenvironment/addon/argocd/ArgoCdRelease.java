package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.app.RetryRequestReader;
import io.functionenvironment.api.settings.ArgoCdOffer.SecretKey;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.HelmWait;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Retries;
import io.functionenvironment.resource.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The chart argo-cd as a Helm release inside the cluster.
 *
 * @param spec what the team requests of it, if it does
 */
record ArgoCdRelease(Inputs inputs, Optional<ArgoCdSpec> spec) {
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.INSTALLING, Activity.INSTALLING, ProviderHelm.CLUSTER_NOT_REACHABLE_YET, Duration.ofMinutes(1));

    /** Below the ten minutes that provider-helm has for everything; images of half a gigabyte may have to be pulled. */
    private static final HelmWait WAIT = new HelmWait(true, Optional.of(Duration.ofMinutes(8)));

    private static final int RETRIES = 3;

    private static final String CONTENT =
            " with values of the chart argo-cd: configs.repositories.NAME with url, and with username"
                    + " and password, with sshPrivateKey, or with githubAppID, githubAppInstallationID and githubAppPrivateKey";

    Component component(ClusterTarget target) {
        var offer = inputs.settings().argocd();
        var existing = existing();
        var chart = existing.filter(ignored -> !offer.explicitChart())
                .map(Release::chart)
                .orElse(offer.chart());
        var config = target.helm().ref().name().isEmpty()
                ? existing.map(Release::config).orElse(target.helm().ref())
                : target.helm().ref();
        var secrets = Stream.of(offer.credentials(), spec.flatMap(ArgoCdSpec::credentials))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        var from = secrets.stream().map(ArgoCdRelease::reference).toList();
        var values = new Values(ArgoCdValues.of(spec, offer.values()), from, List.of());
        var release = Release.of(new ReleaseTarget(ArgoCd.NAME, ArgoCd.NAMESPACE, true), chart, values, config)
                .waiting(WAIT)
                .retrying(Retries.of(
                        RETRIES,
                        spec.flatMap(ArgoCdSpec::retryRequestedAt),
                        inputs.observed().get(ArgoCd.RELEASE)))
                .with(target.policies());
        return Component.requested(
                        ArgoCd.RELEASE, release, ArgoCd.OWNER, target.location(), target.dependencies(target.helm()))
                .with(grace(secrets));
    }

    private Optional<Release> existing() {
        return Release.existing(inputs.observed(), ArgoCd.RELEASE);
    }

    /** Whether a part of the chart that is optional is there now. */
    boolean runs(String part) {
        return ArgoCdValues.runs(inputs.observed().get(ArgoCd.RELEASE), part);
    }

    /** provider-helm names a Secret that does not exist; of a key that is missing, it does not name the Secret. */
    private StartupGrace grace(List<SecretKey> secrets) {
        // The fields of a team count only if it requests Argo CD.
        var grace = spec.isPresent()
                ? GRACE.continuing(ProviderHelm.RETRIED_ONLY, ", or spec.argocd." + RetryRequestReader.FIELD)
                : GRACE;
        for (var secret : secrets) {
            grace = grace.explaining(
                    List.of("\"" + secret.name() + "\" not found"),
                    "the Secret " + secret.name()
                            + " does not exist in the namespace of the Environment; create it, and in its" + " key "
                            + secret.key() + " a document" + CONTENT);
        }
        var all = secrets.stream()
                .map(secret -> "key " + secret.key() + " of the Secret " + secret.name())
                .collect(Collectors.joining(", or "));
        return secrets.isEmpty()
                ? grace
                : grace.explaining(
                        List.of(ProviderHelm.VALUE_SOURCE_MISSING), "write into the " + all + " a document" + CONTENT);
    }

    private static Json reference(SecretKey secret) {
        return obj(field("secretKeyRef", obj(field("name", secret.name()), field("key", secret.key()))));
    }
}
