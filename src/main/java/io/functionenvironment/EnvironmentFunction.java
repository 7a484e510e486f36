package io.functionenvironment;

import io.functionenvironment.environment.Environment;
import io.functionenvironment.environment.EnvironmentReader;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.Gate;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.report.Report;
import io.functionenvironment.report.Reporter;
import io.functionenvironment.resource.Meta;
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
    /** The requirement by which we find what Crossplane has already forgotten. */
    public static final String LEFTOVERS = "leftovers";

    private EnvironmentFunction() {}

    /** Answers a request. A failure of whatever is asked for is an answer too; nothing is thrown on account of it. */
    public static Reply run(Request request, Instant now) {
        var reply = Reply.to(request);
        var observed = request.observed(LEFTOVERS);

        var unusable = new ArrayList<Fault>();
        var settings = settings(request, unusable);
        var faults = new ArrayList<Fault>();
        var environment = EnvironmentReader.read(observed.composite().body(), faults, false);
        if (!unusable.isEmpty() || environment.isEmpty()) {
            return refuse(reply, unusable.isEmpty() ? faults : unusable, observed);
        }

        var planned = Planner.plan(environment.get(), settings, observed, now);
        faults.addAll(planned.faults());
        var decisions = Gate.decide(planned.plan(), observed, now);
        var report =
                Reporter.report(decisions, planned.cluster(), planned.apps(), faults, observed, settings.timing(), now);
        return answer(reply, environment.get(), decisions, report);
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

    private static Reply answer(Reply reply, Environment environment, List<Decision> decisions, Report report) {
        for (var decision : decisions) {
            decision.desired().ifPresent(body -> reply.resource(decision.name(), body, decision.ready()));
        }
        if (decisions.stream().anyMatch(decision -> !decision.component().wanted())) {
            var identity = environment.identity();
            reply.require(
                    LEFTOVERS,
                    "helm.m.crossplane.io/v1beta1",
                    "Release",
                    identity.namespace(),
                    Map.of(Meta.ENVIRONMENT, identity.hash()));
        }
        report.conditions()
                .forEach(status ->
                        reply.condition(status.type(), status.value().word(), status.reason(), status.message()));
        report.events().forEach(event -> reply.event(event.warning(), event.reason(), event.message()));
        return reply.status(report.status(), report.ready()).ttl(report.again());
    }
}
