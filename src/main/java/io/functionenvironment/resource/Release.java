package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.flag;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
import io.functionenvironment.crossplane.provider.ProviderFinalizers;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Helm release, in the cluster that its provider configuration reaches (provider-helm, {@code helm.m.crossplane.io/v1beta1}).
 *
 * @param target the name in Helm and the namespace
 * @param waiting whether and how long Helm waits until the workloads run
 * @param retries how often a failed installation is rolled back and retried
 * @param kubeconfig how it hands out the kubeconfig of the cluster that it installs, if it installs one
 * @param reconcileRequest a token; a changed one makes provider-helm reconcile at once
 * @param fingerprint stands for what the values were made from
 */
public record Release(
        ReleaseTarget target,
        Chart chart,
        Values values,
        HelmWait waiting,
        ProviderConfigRef config,
        ManagementPolicies policies,
        Retries retries,
        Optional<Kubeconfig> kubeconfig,
        Optional<String> reconcileRequest,
        Optional<String> fingerprint)
        implements Resource {
    private static final String FINGERPRINT = Tracking.PREFIX + "values-fingerprint";

    /** A release that is left in place when its resource is deleted. */
    public static Release of(ReleaseTarget target, Chart chart, Values values, ProviderConfigRef config) {
        return new Release(
                target,
                chart,
                values,
                HelmWait.NONE,
                config,
                ManagementPolicies.NO_DELETE,
                Retries.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Release with(ManagementPolicies other) {
        return copy(waiting, other, retries, kubeconfig, reconcileRequest, fingerprint);
    }

    public Release waiting(HelmWait some) {
        return copy(some, policies, retries, kubeconfig, reconcileRequest, fingerprint);
    }

    public Release retrying(Retries some) {
        return copy(waiting, policies, some, kubeconfig, reconcileRequest, fingerprint);
    }

    public Release handingOut(Kubeconfig some) {
        return copy(waiting, policies, retries, Optional.of(some), reconcileRequest, fingerprint);
    }

    public Release requestingReconcile(Optional<String> token) {
        return copy(waiting, policies, retries, kubeconfig, token, fingerprint);
    }

    public Release fingerprinted(String some) {
        return copy(waiting, policies, retries, kubeconfig, reconcileRequest, Optional.of(some));
    }

    private Release copy(
            HelmWait some,
            ManagementPolicies policy,
            Retries again,
            Optional<Kubeconfig> copied,
            Optional<String> token,
            Optional<String> print) {
        return new Release(target, chart, values, some, config, policy, again, copied, token, print);
    }

    @Override
    public Gvk gvk() {
        return ProviderHelm.RELEASE;
    }

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public boolean external() {
        return true;
    }

    @Override
    public List<?> identity() {
        return List.of(
                target.namespace(), target.createNamespace(), chart, values, waiting.waits(), config, kubeconfig);
    }

    /** While a release is upgraded, provider-helm reports the resource as not ready. */
    @Override
    public boolean works(ObservedResource observed) {
        return Resource.super.works(observed) || (kubeconfig.isEmpty() && ProviderHelm.deployed(observed));
    }

    @Override
    public Optional<String> contradiction(ObservedResource observed, Instant now) {
        return EndlessUpgrades.of(chart, observed, now);
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        return obj(
                field("apiVersion", gvk().apiVersion()),
                field("kind", gvk().kind()),
                field(
                        "metadata",
                        tracking.metadata(
                                observed,
                                ProviderFinalizers.MANAGED,
                                policies.delete(),
                                field(ManagedAnnotations.EXTERNAL_NAME, target.name()),
                                text(ManagedAnnotations.RECONCILE_REQUEST, reconcileRequest),
                                text(ManagedAnnotations.POLL_INTERVAL, ReleasePoll.of(this, observed, now)),
                                text(Retries.ANNOTATION, retries.requestedAt()),
                                text(FINGERPRINT, fingerprint))),
                field("spec", spec()));
    }

    private Json.Obj spec() {
        var forProvider = obj(
                field("chart", chart.json()),
                field("namespace", target.namespace()),
                flag("skipCreateNamespace", !target.createNamespace()),
                field("values", Optional.of(values.inline()).filter(inline -> !inline.isEmpty())),
                items("valuesFrom", values.from()),
                items("set", values.set()),
                flag("wait", waiting.waits()),
                text("waitTimeout", waiting.timeout().map(HelmWait::write)));
        return obj(
                field("forProvider", forProvider),
                field("connectionDetails", kubeconfig.map(Kubeconfig::details)),
                field("writeConnectionSecretToRef", kubeconfig.map(copy -> obj(field("name", copy.to())))),
                number("rollbackLimit", retries.limit()),
                field("managementPolicies", policies.json()),
                field("providerConfigRef", config.json()));
    }

    /** The Release that exists of a component. */
    public static Optional<Release> existing(Observed observed, String component) {
        return observed.get(component)
                .map(Resource::read)
                .flatMap(resource -> resource instanceof Release release ? Optional.of(release) : Optional.empty());
    }

    static Release read(ObservedResource observed) {
        var spec = observed.body().object("spec");
        var forProvider = spec.object("forProvider");
        return new Release(
                new ReleaseTarget(
                        observed.annotation(ManagedAnnotations.EXTERNAL_NAME).orElse(observed.name()),
                        forProvider.text("namespace").orElse(""),
                        !forProvider.isTrue("skipCreateNamespace")),
                Chart.of(forProvider.object("chart")),
                new Values(forProvider.object("values"), forProvider.items("valuesFrom"), forProvider.items("set")),
                HelmWait.read(forProvider),
                ProviderConfigRef.of(spec.object("providerConfigRef")),
                ManagementPolicies.of(observed.body()),
                Retries.read(observed),
                Kubeconfig.of(spec),
                observed.annotation(ManagedAnnotations.RECONCILE_REQUEST),
                observed.annotation(FINGERPRINT));
    }
}
