package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.settings.ArgoCdOffer;
import io.functionenvironment.api.settings.ArgoCdOffer.SecretKey;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.HelmWait;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Retries;
import io.functionenvironment.resource.Values;
import io.functionenvironment.status.ConditionReason;
import io.functionenvironment.status.Subject;
import io.functionenvironment.status.Subject.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Argo CD as requested by a team or the platform.
 *
 * @param enabled whether the team requests it, with errors or without
 * @param spec what the team requests; empty if it requests nothing, or something that cannot be carried out
 */
record ArgoCdRequest(
        Inputs inputs,
        boolean enabled,
        Optional<ArgoCdSpec> spec,
        List<ApplicationObject> applications,
        FieldErrors errors)
        implements AddonRequest {
    private static final String FIELD = "spec." + ArgoCd.NAME;

    private static final StartupGrace GRACE = new StartupGrace(
            Activity.INSTALLING, Activity.INSTALLING, ProviderHelm.CLUSTER_NOT_REACHABLE_YET, Duration.ofMinutes(1));

    private static final int RETRIES = 3;

    static AddonRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var at = FieldReader.at(FIELD, inputs.environment().spec().at(ArgoCd.NAME), errors);
        var offer = inputs.settings().argocd();
        var off = !at.present() || at.field("enabled").value().equals(new Json.Bool(false));
        if (off && offer.application().isEmpty()) {
            return AddonRequest.NONE;
        }
        var spec = off ? Optional.<ArgoCdSpec>empty() : read(at, offer, errors);
        var applications = Stream.concat(
                        spec.map(ArgoCdSpec::application).map(ApplicationObject::team).stream(),
                        offer.application().map(ApplicationObject::platform).stream())
                .toList();
        return new ArgoCdRequest(inputs, !off, spec, applications, errors);
    }

    private static Optional<ArgoCdSpec> read(FieldReader at, ArgoCdOffer offer, FieldErrors errors) {
        var before = errors.size();
        at.object();
        at.field("enabled").required("true or false").bool();
        if (errors.size() == before && !offer.allowed()) {
            at.field("enabled").error("is true, but this platform does not allow Argo CD; remove " + FIELD);
        }
        var spec = ArgoCdSpec.read(at);
        spec.ifPresent(some -> offer.check(some.application().sources(), errors));
        return errors.size() == before ? spec : Optional.empty();
    }

    /** Whether what the team requests has errors, so that what exists stays. */
    private boolean refused() {
        return enabled && spec.isEmpty();
    }

    @Override
    public Demands demands() {
        return ArgoCdValues.demands(spec);
    }

    @Override
    public List<DependencyName> names() {
        return List.of(new DependencyName(
                FIELD,
                ArgoCd.NAME,
                List.of(ArgoCd.RELEASE),
                List.of(),
                !refused(),
                inputs.observed().has(ArgoCd.RELEASE)));
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var started =
                target.filter(some -> some.kubernetes().isPresent() && !refused() && names.startable(ArgoCd.NAME));
        var components = new ArrayList<Component>();
        started.ifPresentOrElse(
                some -> {
                    components.add(release(some));
                    applications.forEach(application -> components.add(application.component(some)));
                },
                () -> components.addAll(new ObservedComponents(
                                inputs.observed(),
                                inputs.environment().identity().hash())
                        .kept(ArgoCd.OWNER::equals)));
        return new AddonPlan(
                components,
                Optional.of(new Subject.Single(ArgoCd.CONDITION, "Argo CD", ArgoCd.OWNER, !refused(), finding())),
                progress -> List.of(
                        field(ArgoCd.NAME, new ArgoCdStatus(spec, applications, inputs.observed()).json(progress))),
                errors.list());
    }

    private Component release(ClusterTarget target) {
        var offer = inputs.settings().argocd();
        var existing = Release.existing(inputs.observed(), ArgoCd.RELEASE);
        var chart = existing.filter(ignored -> !offer.explicitChart())
                .map(Release::chart)
                .orElse(offer.chart());
        var config = target.helm().ref().name().isEmpty()
                ? existing.map(Release::config).orElse(target.helm().ref())
                : target.helm().ref();
        var from = Stream.of(offer.credentials(), spec.flatMap(ArgoCdSpec::credentials))
                .flatMap(Optional::stream)
                .map(ArgoCdRequest::reference)
                .toList();
        var values = new Values(ArgoCdValues.of(spec, offer.values()), from, List.of());
        var release = Release.of(new ReleaseTarget(ArgoCd.NAME, ArgoCd.NAMESPACE, true), chart, values, config)
                .waiting(HelmWait.USUAL)
                .retrying(new Retries(Optional.of(RETRIES), Optional.empty()))
                .with(target.policies());
        return Component.requested(
                        ArgoCd.RELEASE, release, ArgoCd.OWNER, target.location(), target.dependencies(target.helm()))
                .with(GRACE);
    }

    private static Json reference(SecretKey secret) {
        return obj(field("secretKeyRef", obj(field("name", secret.name()), field("key", secret.key()))));
    }

    /** The worst of what the Applications report. Only the team can hold its Environment back. */
    private Optional<Finding> finding() {
        return applications.stream()
                .map(application -> {
                    var state = ApplicationState.of(inputs.observed(), application.component());
                    var required = application.name().equals(ApplicationObject.TEAM)
                            && spec.filter(ArgoCdSpec::required).isPresent();
                    var message = state.good()
                            ? "Argo CD is available, and its applications are synchronized and healthy."
                            : "Application " + application.name() + " " + state.sentence() + ".";
                    return new Finding(state.reason(), message, required);
                })
                .max(Comparator.comparingInt(ArgoCdRequest::weight));
    }

    /** How much a finding matters beside another one. */
    private static int weight(Finding finding) {
        if (finding.reason() == ConditionReason.AVAILABLE) {
            return 0;
        }
        return (finding.reason() == ConditionReason.FAILING ? 2 : 1) + (finding.holdsReady() ? 2 : 0);
    }
}
