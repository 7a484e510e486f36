package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Helm release, in whichever cluster its configuration reaches (provider-helm, {@code helm.m.crossplane.io/v1beta1}).
 *
 * @param releaseName what Helm calls it; without one it would be called after the resource, often beyond Helm's bounds
 * @param namespace where Helm installs it; provider-helm fails on a Release without one
 * @param rollbackLimit how often a failed installation is undone and tried again; none means never
 * @param nudge a token; provider-helm looks again at once when it changes
 * @param basis digits that tell what the values were made of
 */
public record Release(
        Meta meta,
        String releaseName,
        String namespace,
        boolean skipCreateNamespace,
        Chart chart,
        Json.Obj values,
        List<Json> valuesFrom,
        List<Json> set,
        boolean waits,
        ConfigRef config,
        Optional<Integer> rollbackLimit,
        ManagementPolicies policy,
        Optional<Kubeconfig> kubeconfig,
        Optional<String> nudge,
        Optional<String> basis)
        implements Resource {

    private static final String NAME = "crossplane.io/external-name";
    public static final String NUDGE = "crossplane.io/reconcile-requested-at";
    private static final String BASIS = "environment.fn.crossplane.io/basis";
    private static final String POLL = "crossplane.io/poll-interval";
    private static final Duration INSTALLING = Duration.ofMinutes(1);

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public Release with(ManagementPolicies other) {
        return new Release(
                meta,
                releaseName,
                namespace,
                skipCreateNamespace,
                chart,
                values,
                valuesFrom,
                set,
                waits,
                config,
                rollbackLimit,
                other,
                kubeconfig,
                nudge,
                basis);
    }

    @Override
    public List<?> thing() {
        return List.of(namespace, skipCreateNamespace, chart, values, valuesFrom, set, waits, config, kubeconfig);
    }

    @Override
    public Json.Obj body() {
        return body(Optional.empty());
    }

    /**
     * After an upgrade provider-helm looks again only at its poll interval, ten minutes, unless told otherwise. After an
     * installation it looks at once by itself, and a word of ours would only be one more write; so it would be while a
     * kubeconfig is awaited, for which there is the nudge.
     */
    @Override
    public Json.Obj body(Optional<ObservedResource> observed, Instant now) {
        return body(observed.filter(release -> !release.is("Ready"))
                .filter(release -> (kubeconfig.isEmpty() && upgraded(release))
                        || release.created()
                                .filter(created -> created.plus(INSTALLING).isBefore(now))
                                .isPresent())
                .map(release -> "10s"));
    }

    private static boolean upgraded(ObservedResource release) {
        return release.body().number("status", "atProvider", "revision").orElse(0.0) > 1;
    }

    private Json.Obj body(Optional<String> impatient) {
        return obj(
                field("apiVersion", "helm.m.crossplane.io/v1beta1"),
                field("kind", "Release"),
                field(
                        "metadata",
                        meta.tree(
                                field(NAME, releaseName),
                                text(NUDGE, nudge),
                                text(POLL, impatient),
                                text(BASIS, basis))),
                field(
                        "spec",
                        obj(
                                field(
                                        "forProvider",
                                        obj(
                                                field("chart", chart.tree()),
                                                field("namespace", namespace),
                                                field("skipCreateNamespace", flag(skipCreateNamespace)),
                                                field(
                                                        "values",
                                                        Optional.of(values).filter(tree -> !tree.isEmpty())),
                                                field("valuesFrom", list(valuesFrom)),
                                                field("set", list(set)),
                                                field("wait", flag(waits)))),
                                field("connectionDetails", kubeconfig.map(Kubeconfig::details)),
                                field(
                                        "writeConnectionSecretToRef",
                                        kubeconfig.map(copy -> obj(field("name", copy.to())))),
                                number("rollbackLimit", rollbackLimit),
                                field("managementPolicies", policy.tree()),
                                field("providerConfigRef", config.tree()))));
    }

    /** Whether it is installed in the Environment's own cluster, with which it ends. */
    public boolean local() {
        return config.equals(ConfigRef.local(config.name()));
    }

    /** A Release of ours that exists, by its composition-resource-name. */
    public static Optional<Release> existing(Observed observed, String environment, String component) {
        return observed.get(component)
                .flatMap(seen -> Resource.read(environment, component, seen))
                .flatMap(resource -> resource instanceof Release release ? Optional.of(release) : Optional.empty());
    }

    /** The namespace of a Release that exists. */
    public static Optional<String> installedIn(Observed observed, String component) {
        return observed.get(component)
                .map(ObservedResource::body)
                .filter(body -> body.text("kind").equals(Optional.of("Release")))
                .map(body -> body.text("spec", "forProvider", "namespace").orElse(""));
    }

    static Release read(Meta meta, ObservedResource observed) {
        var spec = observed.body().object("spec");
        var made = spec.object("forProvider");
        return new Release(
                meta,
                observed.annotation(NAME).orElse(observed.name()),
                made.text("namespace").orElse(""),
                made.isTrue("skipCreateNamespace"),
                Chart.of(made.object("chart")),
                made.object("values"),
                made.items("valuesFrom"),
                made.items("set"),
                made.isTrue("wait"),
                ConfigRef.of(spec.object("providerConfigRef")),
                spec.number("rollbackLimit").map(Double::intValue),
                ManagementPolicies.of(observed.body()),
                Kubeconfig.of(spec),
                observed.annotation(NUDGE),
                observed.annotation(BASIS));
    }

    private static Optional<Json> flag(boolean on) {
        return on ? Optional.of(new Json.Bool(true)) : Optional.empty();
    }

    private static Optional<Json> list(List<Json> items) {
        return items.isEmpty() ? Optional.empty() : Optional.of(new Json.Arr(items));
    }
}
