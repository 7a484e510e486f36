package io.functionenvironment;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.crossplane.wire.ResponseContent;
import io.functionenvironment.crossplane.wire.ResponseContent.Condition;
import io.functionenvironment.crossplane.wire.ResponseContent.ConditionStatus;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.crossplane.wire.ResponseContent.Requirement;
import io.functionenvironment.crossplane.wire.ResponseContent.Result;
import io.functionenvironment.crossplane.wire.ResponseContent.Severity;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.lifecycle.ComponentLifecycle;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.status.Report;
import io.functionenvironment.status.Reporter;
import io.functionenvironment.status.StatusCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The function, from one end to the other. It talks to nobody and remembers nothing: the same request at the same time gets
 * the same answer.
 */
public final class EnvironmentFunction {
    /** The requirement by which the Composition hands us the platform's EnvironmentConfig. */
    static final String SETTINGS = "settings";

    private EnvironmentFunction() {}

    /** Answers a request. A failure of whatever is asked for is an answer too; nothing is thrown on account of it. */
    public static FunctionResponse run(FunctionRequest request, Instant now) {
        var observed = request.observed(UntrackedResources.RELEASES, UntrackedResources.OBJECTS);

        var unusable = new FieldErrors();
        var settings = settings(request, unusable);
        var errors = new FieldErrors();
        var environment = EnvironmentReader.read(observed.composite().body(), errors, false);
        if (!unusable.isEmpty() || environment.isEmpty()) {
            return FunctionResponse.of(request, refuse(unusable.isEmpty() ? errors.list() : unusable.list(), observed));
        }

        var planned = EnvironmentPlan.of(environment.get(), settings, observed, now);
        errors.addAll(planned.errors());
        var decisions = ComponentLifecycle.decide(planned.plan(), observed, now);
        var report = Reporter.report(
                decisions, planned.cluster(), planned.apps(), errors.list(), observed, settings.timing(), now);
        var taken = decisions.stream()
                .filter(decision -> decision.desired().isPresent() && request.desires(decision.name()))
                .map(decision ->
                        new FieldError(decision.name(), "is the name of a resource that an earlier step desires"))
                .toList();
        return FunctionResponse.of(
                request,
                taken.isEmpty()
                        ? content(environment.get().identity(), decisions, report, observed)
                        : refuse(taken, observed));
    }

    private static Settings settings(FunctionRequest request, FieldErrors errors) {
        var documents = Stream.concat(
                        request.input().stream(),
                        request.required(SETTINGS).orElse(List.of()).stream().map(found -> found.body()))
                .flatMap(document -> SettingsDocument.of(document, errors).stream())
                .toList();
        return SettingsDocument.merge(documents, errors);
    }

    private static ResponseContent refuse(List<FieldError> errors, Observed observed) {
        return ResponseContent.fatal(
                "EnvironmentNotAccepted",
                "cannot accept this: "
                        + String.join(
                                "; ", errors.stream().map(FieldError::toString).toList()),
                conditions(Reporter.refusal(errors, observed)));
    }

    private static ResponseContent content(
            Identity identity, List<Decision> decisions, Report report, Observed observed) {
        return new ResponseContent(
                decisions.stream()
                        .flatMap(decision -> decision.desired().stream()
                                .map(body -> new DesiredResource(decision.name(), body, decision.ready())))
                        .toList(),
                Optional.of(new DesiredComposite(report.status(), report.ready())),
                conditions(report.conditions()),
                report.events().stream()
                        .map(event -> new Result(
                                event.warning() ? Severity.WARNING : Severity.NORMAL, event.reason(), event.message()))
                        .toList(),
                requirements(identity, decisions, observed),
                Optional.of(report.again()));
    }

    private static List<Condition> conditions(List<StatusCondition> conditions) {
        return conditions.stream()
                .map(condition -> new Condition(
                        condition.type(),
                        switch (condition.value()) {
                            case TRUE -> ConditionStatus.TRUE;
                            case FALSE -> ConditionStatus.FALSE;
                            case UNKNOWN -> ConditionStatus.UNKNOWN;
                        },
                        condition.reason(),
                        condition.message()))
                .toList();
    }

    /** Asks for what Crossplane has forgotten, as long as something waits for it to be gone. */
    private static List<Requirement> requirements(Identity identity, List<Decision> decisions, Observed observed) {
        var labels = Map.of(Meta.ENVIRONMENT, identity.hash());
        var requirements = new ArrayList<Requirement>();
        if (!new UntrackedResources(observed).leaving().isEmpty()
                || decisions.stream().anyMatch(decision -> !decision.component().wanted())
                || awaits(Release.class, decisions, observed)) {
            requirements.add(new Requirement(
                    UntrackedResources.RELEASES,
                    "helm.m.crossplane.io/v1beta1",
                    "Release",
                    identity.namespace(),
                    labels));
        }
        if (awaits(KubernetesObject.class, decisions, observed)) {
            requirements.add(new Requirement(
                    UntrackedResources.OBJECTS,
                    "kubernetes.m.crossplane.io/v1alpha1",
                    "Object",
                    identity.namespace(),
                    labels));
        }
        return requirements;
    }

    private static boolean awaits(Class<? extends Resource> kind, List<Decision> decisions, Observed observed) {
        return decisions.stream()
                .anyMatch(decision -> decision.component().guarded()
                        && kind.isInstance(decision.component().resource())
                        && !observed.has(decision.name()));
    }
}
