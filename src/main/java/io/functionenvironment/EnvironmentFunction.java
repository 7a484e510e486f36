package io.functionenvironment;

import io.functionenvironment.environment.Environment;
import io.functionenvironment.environment.EnvironmentReader;
import io.functionenvironment.environment.Identity;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.Gate;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.report.Report;
import io.functionenvironment.report.Reporter;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.settings.SettingsDocument;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.wire.Reply;
import io.functionenvironment.wire.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    public static Reply run(Request request, Instant now) {
        var reply = Reply.to(request);
        var observed = request.observed(Leftovers.RELEASES, Leftovers.OBJECTS);

        var unusable = new ArrayList<Fault>();
        var settings = settings(request, unusable);
        var faults = new ArrayList<Fault>();
        var environment = EnvironmentReader.read(observed.composite().body(), faults, false);
        if (!unusable.isEmpty() || environment.isEmpty()) {
            return refuse(reply, unusable.isEmpty() ? faults : unusable, observed);
        }

        var planned = Planned.of(environment.get(), settings, observed, now);
        faults.addAll(planned.faults());
        var decisions = Gate.decide(planned.plan(), observed, now);
        var report =
                Reporter.report(decisions, planned.cluster(), planned.apps(), faults, observed, settings.timing(), now);
        var taken = decisions.stream()
                .filter(decision -> decision.desired().isPresent() && request.desires(decision.name()))
                .map(decision -> new Fault(decision.name(), "is the name of a resource that an earlier step desires"))
                .toList();
        return taken.isEmpty()
                ? answer(reply, environment.get(), decisions, report, observed)
                : refuse(reply, taken, observed);
    }

    private static Settings settings(Request request, List<Fault> faults) {
        var documents = Stream.concat(
                        request.input().stream(),
                        request.required(SETTINGS).orElse(List.of()).stream().map(found -> found.body()))
                .flatMap(document -> SettingsDocument.of(document, faults).stream())
                .toList();
        return SettingsDocument.merge(documents, faults);
    }

    private static Reply refuse(Reply reply, List<Fault> faults, Observed observed) {
        Reporter.refusal(faults, observed)
                .forEach(status ->
                        reply.condition(status.type(), status.value().word(), status.reason(), status.message()));
        return reply.fatal("cannot accept this: "
                + String.join("; ", faults.stream().map(Fault::toString).toList()));
    }

    private static Reply answer(
            Reply reply, Environment environment, List<Decision> decisions, Report report, Observed observed) {
        for (var decision : decisions) {
            decision.desired().ifPresent(body -> reply.resource(decision.name(), body, decision.ready()));
        }
        require(reply, environment.identity(), decisions, observed);
        report.conditions()
                .forEach(status ->
                        reply.condition(status.type(), status.value().word(), status.reason(), status.message()));
        report.events().forEach(event -> reply.event(event.warning(), event.reason(), event.message()));
        return reply.status(report.status(), report.ready()).ttl(report.again());
    }

    /** Asks for what Crossplane has forgotten, as long as something waits for it to be gone. */
    private static void require(Reply reply, Identity identity, List<Decision> decisions, Observed observed) {
        var labels = Map.of(Meta.ENVIRONMENT, identity.hash());
        if (!new Leftovers(observed).leaving().isEmpty()
                || decisions.stream().anyMatch(decision -> !decision.component().wanted())
                || awaits(Release.class, decisions, observed)) {
            reply.require(Leftovers.RELEASES, "helm.m.crossplane.io/v1beta1", "Release", identity.namespace(), labels);
        }
        if (awaits(HostObject.class, decisions, observed)) {
            reply.require(
                    Leftovers.OBJECTS, "kubernetes.m.crossplane.io/v1alpha1", "Object", identity.namespace(), labels);
        }
    }

    private static boolean awaits(Class<? extends Resource> kind, List<Decision> decisions, Observed observed) {
        return decisions.stream()
                .anyMatch(decision -> decision.component().guarded()
                        && kind.isInstance(decision.component().resource())
                        && !observed.has(decision.name()));
    }
}
