package io.functionenvironment;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.SettingsCache;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.lifecycle.ComponentLifecycle;
import io.functionenvironment.resource.Tracking;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Reporter;
import io.functionenvironment.status.StatusCondition;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The function, from request to response. It is stateless and makes no network calls: the same request at the same time gets
 * the same response.
 */
public final class EnvironmentFunction {
    /** The requirement by which the Composition passes the platform's EnvironmentConfig. */
    static final String SETTINGS = "settings";

    private final Registry registry;
    private final SettingsCache settings;

    public EnvironmentFunction(Registry registry) {
        this.registry = registry;
        this.settings = new SettingsCache(registry.sizeFormats());
    }

    /** The response to a request. Errors in what is requested are part of the response; none is thrown. */
    public FunctionResponse run(FunctionRequest request, Instant now) {
        return respond(request, evaluate(request, now));
    }

    /** What a request comes to. */
    public Evaluation evaluate(FunctionRequest request, Instant now) {
        var observed = request.observed();
        var unusable = new FieldErrors();
        var offered = settings(request, unusable);
        var errors = new FieldErrors();
        var environment = EnvironmentReader.read(observed.composite().body(), errors, false);
        if (!unusable.isEmpty() || environment.isEmpty()) {
            return refuse(unusable.isEmpty() ? errors : unusable, observed);
        }
        var inputs = new Inputs(environment.get(), offered, observed, now);
        var plan = EnvironmentPlan.of(inputs, registry);
        var decisions = ComponentLifecycle.decide(plan.graph(), observed, now);
        var foreign = ForeignResources.errors(request, observed, decisions);
        if (!foreign.isEmpty()) {
            return refuse(foreign, observed);
        }
        errors.addAll(plan.errors());
        var progress = new Progress(decisions);
        var report = Reporter.report(progress, plan.contributions(progress), errors.list(), inputs);
        return new Evaluation.Evaluated(plan.graph(), decisions, report, observed);
    }

    private Settings settings(FunctionRequest request, FieldErrors errors) {
        var documents = Stream.concat(
                        request.input().stream(),
                        request.required(SETTINGS).orElse(List.of()).stream().map(ObservedResource::body))
                .flatMap(document -> SettingsDocument.of(document, errors).stream())
                .toList();
        return settings.merge(documents, errors);
    }

    private Evaluation refuse(FieldErrors errors, Observed observed) {
        return new Evaluation.Refused(
                errors.list(), Reporter.refusal(errors.list(), registry.conditionTypes(), observed));
    }

    /** The response that an evaluation stands for. */
    public static FunctionResponse respond(FunctionRequest request, Evaluation evaluation) {
        var response = FunctionResponse.to(request);
        return switch (evaluation) {
            case Evaluation.Refused(var errors, var conditions) -> {
                conditions(response, conditions);
                yield response.fatal("the Environment is invalid: "
                        + String.join(
                                "; ", errors.stream().map(FieldError::toString).toList()));
            }
            case Evaluation.Evaluated evaluated -> {
                for (var decision : evaluated.decisions()) {
                    decision.desired().ifPresent(body -> response.resource(decision.name(), body, decision.ready()));
                }
                requirements(response, evaluated);
                var report = evaluated.report();
                conditions(response, report.conditions());
                report.events().forEach(event -> response.event(event.warning(), event.reason(), event.message()));
                yield response.status(report.status().json(), report.ready()).ttl(report.ttl());
            }
        };
    }

    private static void conditions(FunctionResponse response, List<StatusCondition> conditions) {
        conditions.forEach(condition -> response.condition(
                condition.type(), condition.value().word(), condition.reason(), condition.message()));
    }

    /** Looks up what Crossplane may no longer track, while something waits for it to be gone. */
    private static void requirements(FunctionResponse response, Evaluation.Evaluated evaluated) {
        var composite = evaluated.observed().composite();
        var namespace = composite.body().text("metadata", "namespace").orElse("");
        var labels = Map.of(Tracking.ENVIRONMENT, evaluated.graph().environment());
        lookups(evaluated)
                .forEach(
                        gvk -> response.require(Observed.lookup(gvk), gvk.apiVersion(), gvk.kind(), namespace, labels));
    }

    /**
     * The types to look up. They follow from what was there when Crossplane began to reconcile, and not from what the look-ups
     * find: Crossplane calls again until the requirements no longer change, five times at most.
     */
    private static Set<Gvk> lookups(Evaluation.Evaluated evaluated) {
        var observed = evaluated.observed();
        var lookups = new LinkedHashSet<Gvk>();
        EnvironmentStatus.read(observed.composite().body())
                .removing()
                .forEach(item -> lookups.add(new Gvk(item.apiVersion(), item.kind())));
        for (var component : evaluated.graph().components().values()) {
            var exists = observed.has(component.name());
            if (!component.requested() && exists && component.resource().external()) {
                lookups.add(component.resource().gvk());
            }
            if (component.requested() && component.awaitsPredecessor() && !exists) {
                lookups.add(component.resource().gvk());
            }
        }
        if (!EnvironmentStatus.read(observed.composite().body()).removing().isEmpty()
                || evaluated.graph().components().values().stream()
                        .anyMatch(component -> !component.requested() && observed.has(component.name()))) {
            lookups.add(ProviderHelm.RELEASE);
            lookups.add(ProviderKubernetes.OBJECT);
        }
        return lookups;
    }
}
