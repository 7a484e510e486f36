package io.functionenvironment;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.SettingsCache;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.lifecycle.ComponentLifecycle;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Reporter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final boolean requireConfig;

    public EnvironmentFunction(Registry registry) {
        this(registry, false);
    }

    /** @param requireConfig whether nothing may change while the EnvironmentConfig is missing, whatever Settings say */
    public EnvironmentFunction(Registry registry, boolean requireConfig) {
        this.registry = registry;
        this.requireConfig = requireConfig;
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
        var environment = EnvironmentReader.read(observed.composite().body(), errors);
        if (!unusable.isEmpty() || environment.isEmpty()) {
            return refuse(unusable.isEmpty() ? errors : unusable, observed);
        }
        var rules = offered.in(environment.get().identity().namespace());
        var inputs = new Inputs(environment.get(), rules, observed, now);
        var missing = configMissing(request, inputs);
        if (!missing.isEmpty()) {
            return refuse(missing, observed);
        }
        return evaluate(request, inputs, EnvironmentPlan.of(inputs, registry), errors);
    }

    /**
     * What a plan comes to.
     *
     * @param errors of what is requested; those of the plan are added
     */
    Evaluation evaluate(FunctionRequest request, Inputs inputs, EnvironmentPlan plan, FieldErrors errors) {
        var observed = inputs.observed();
        var unknown = ForeignResources.notUnderstood(registry, observed, plan.graph());
        if (!unknown.isEmpty()) {
            return refuse(unknown, observed);
        }
        var decisions = ComponentLifecycle.decide(
                plan.graph(), observed, inputs.now(), inputs.settings().timing().circuitBreakerTokens());
        var foreign = ForeignResources.errors(request, observed, decisions);
        if (!foreign.isEmpty()) {
            return refuse(foreign, observed);
        }
        errors.addAll(plan.errors());
        var progress = new Progress(decisions);
        var report = Reporter.report(progress, plan.contributions(progress), errors.list(), inputs);
        return new Evaluation.Evaluated(plan.graph(), decisions, report, observed, errors.list(), plan.requirements());
    }

    /** Without it, the shipped defaults would apply: the platform's apps would be uninstalled, and people lose access. */
    private FieldErrors configMissing(FunctionRequest request, Inputs inputs) {
        var errors = new FieldErrors();
        var exists =
                request.required(SETTINGS).filter(found -> !found.isEmpty()).isPresent();
        var wayOut = requireConfig
                ? Optional.of("start the function without --require-environment-config")
                : inputs.settings().requireConfig()
                        ? Optional.of("remove requireEnvironmentConfig from the input of the Composition's step")
                        : inputs.memory().configRequired()
                                ? Optional.of("create it with data.requireEnvironmentConfig: false first")
                                : Optional.<String>empty();
        wayOut.filter(ignored -> !exists)
                .ifPresent(how -> errors.add(
                        "EnvironmentConfig " + SettingsDocument.CONFIG,
                        "does not exist, and this platform requires it; create it again; to do without it, " + how));
        return errors;
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
                errors.list(),
                Reporter.refusal(errors.list(), registry.conditionTypes(observed.composite()), observed));
    }

    /** The response that an evaluation stands for. */
    public static FunctionResponse respond(FunctionRequest request, Evaluation evaluation) {
        return FunctionResponse.of(request, EvaluationResponse.of(evaluation));
    }
}
