package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
    static final String FIELD = "spec." + ArgoCd.NAME;
    private static final String ENABLED = "enabled";

    /** A refusal has a condition of each field that is there, and so has this. */
    private static final AddonRequest SWITCHED_OFF = (target, names) -> new AddonPlan(
            List.of(), Optional.of(new Subject.Absent(ArgoCd.CONDITION)), progress -> List.of(), List.of());

    static AddonRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var at = FieldReader.at(FIELD, inputs.environment().spec().at(ArgoCd.NAME), errors);
        var offer = inputs.settings().argocd();
        var off = off(at);
        if (off && offer.application().isEmpty()) {
            return at.present() ? SWITCHED_OFF : AddonRequest.NONE;
        }
        var spec = off ? Optional.<ArgoCdSpec>empty() : allowed(read(at), at, inputs.settings(), errors);
        var applications = Stream.concat(
                        spec.map(ArgoCdSpec::application).map(ApplicationObject::team).stream(),
                        offer.application().map(ApplicationObject::platform).stream())
                .toList();
        return new ArgoCdRequest(inputs, !off, spec, applications, errors);
    }

    /** Reports what is wrong with the fields whatever the Settings are. */
    static void check(Json.Obj spec, FieldErrors errors) {
        var at = FieldReader.at(FIELD, spec.at(ArgoCd.NAME), errors);
        if (!off(at)) {
            read(at);
        }
    }

    private static boolean off(FieldReader at) {
        return !at.present() || at.field(ENABLED).value().equals(new Json.Bool(false));
    }

    private static Optional<ArgoCdSpec> read(FieldReader at) {
        var before = at.errorCount();
        at.object()
                .ifPresent(
                        ignored -> at.field(ENABLED).required("true or false").bool());
        // Without knowing whether it is meant to be on, what is missing of the rest is of no interest.
        return at.errorCount() == before ? ArgoCdSpec.read(at) : Optional.empty();
    }

    private static Optional<ArgoCdSpec> allowed(
            Optional<ArgoCdSpec> spec, FieldReader at, Settings settings, FieldErrors errors) {
        var offer = settings.argocd();
        var before = errors.size();
        if (!offer.allowed()) {
            at.field(ENABLED).error("is true, but this platform does not allow Argo CD; remove " + FIELD);
        }
        spec.ifPresent(some -> offer.check(some.application().sources(), errors));
        spec.flatMap(ArgoCdSpec::credentials)
                .ifPresent(secret ->
                        settings.limits().checkSecret(FIELD + ".credentialsSecretRef.name", secret.name(), errors));
        return errors.size() == before ? spec : Optional.empty();
    }

    /** Whether what the team requests has errors, so that what exists of it stays. */
    private boolean refused() {
        return enabled && spec.isEmpty();
    }

    /** Whether anything is requested without errors. What the platform adds does not depend on what the team writes. */
    private boolean valid() {
        return !applications.isEmpty();
    }

    private boolean exists() {
        return inputs.observed().has(ArgoCd.RELEASE);
    }

    private boolean runs(Predicate<ArgoCdSpec> requested, String part) {
        return refused()
                ? new ArgoCdRelease(inputs, spec).runs(part)
                : spec.filter(requested).isPresent();
    }

    private boolean ui() {
        return runs(ArgoCdSpec::ui, ArgoCdValues.UI);
    }

    @Override
    public Map<String, Demands> demands() {
        return valid() || exists()
                ? Map.of(
                        ArgoCd.RELEASE,
                        ArgoCdValues.demands(ui(), runs(ArgoCdSpec::applicationSets, ArgoCdValues.APPLICATION_SETS)))
                : Map.of();
    }

    @Override
    public Map<ObjectKey, String> objects() {
        return ApplicationObject.objects(enabled, applications);
    }

    @Override
    public List<DependencyName> names() {
        return List.of(new DependencyName(FIELD, ArgoCd.NAME, List.of(ArgoCd.RELEASE), List.of(), valid(), exists()));
    }

    /** Argo CD may do everything in its cluster. One that others use has to be trusted with that. */
    @Override
    public AddonRequest in(Optional<ClusterTarget> target) {
        if (target.map(some -> some.sharing().trusted()).orElse(true)) {
            return this;
        }
        if (!enabled && kept().findAny().isEmpty()) {
            return AddonRequest.NONE;
        }
        if (enabled) {
            errors.add(
                    FIELD,
                    "needs a cluster that the Environment has for itself, because Argo CD may do everything in it; remove it,"
                            + " or request a size with a cluster of its own");
        }
        return new ArgoCdRequest(inputs, enabled, Optional.empty(), List.of(), errors);
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var components = new LinkedHashMap<String, Component>();
        target.filter(some -> some.kubernetes().isPresent() && names.startable(ArgoCd.NAME))
                .filter(some -> valid())
                .ifPresent(some -> {
                    if (!refused() || !exists()) {
                        components.put(ArgoCd.RELEASE, new ArgoCdRelease(inputs, spec).component(some));
                    }
                    components.put(DefaultProject.COMPONENT, DefaultProject.component(some));
                    applications.forEach(
                            application -> components.put(application.component(), application.component(some)));
                });
        if (refused() || components.isEmpty()) {
            kept().forEach(component -> components.putIfAbsent(component.name(), component));
        }
        var findings = new ApplicationFindings(inputs.observed(), applications);
        return new AddonPlan(
                List.copyOf(components.values()),
                Optional.of(new Subject.Single(
                        ArgoCd.CONDITION,
                        "Argo CD",
                        ArgoCd.OWNER,
                        !refused() && !components.isEmpty(),
                        findings.worst(spec.filter(ArgoCdSpec::required).isPresent()),
                        enabled)),
                progress -> List.of(field(
                        ArgoCd.NAME,
                        new ArgoCdStatus(ui(), applications, refused(), inputs.observed()).json(progress))),
                errors.list());
    }

    /** What exists, by its names and by its labels, of which somebody may have removed some. */
    private Stream<Component> kept() {
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        return Stream.concat(
                ArgoCd.components().flatMap(name -> observed.kept(name, ArgoCd.OWNER).stream()),
                observed.kept(ArgoCd.OWNER::equals).stream());
    }
}
