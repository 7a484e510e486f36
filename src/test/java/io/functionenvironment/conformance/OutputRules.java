package io.functionenvironment.conformance;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.conformance.Scenario.Exchange;
import io.functionenvironment.proto.v1.Condition;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Rules for the resources, results and conditions of the function itself. */
final class OutputRules {
    static final List<Rule<FunctionClient>> ALL = List.of(
            Rule.must(
                    "composite-only-status",
                    "desires only the status of the composite",
                    (client, findings) -> composites(client, OutputRules::onlyStatus, findings)),
            Rule.expected(
                    "composite-no-conditions-in-status",
                    "returns conditions as conditions of the response, not in the status",
                    (client, findings) -> composites(client, OutputRules::noConditions, findings)),
            Rule.must(
                    "composed-no-status",
                    "does not desire a status of composed resources",
                    (client, findings) -> composed(client, OutputRules::noStatus, findings)),
            Rule.should(
                    "composed-no-name",
                    "leaves the names of composed resources to Crossplane",
                    (client, findings) -> composed(client, OutputRules::noName, findings)),
            Rule.expected(
                    "composed-has-kind",
                    "sets apiVersion and kind of composed resources",
                    (client, findings) -> composed(client, OutputRules::hasKind, findings)),
            Rule.must(
                    "fatal-only-to-stop",
                    "returns a fatal result only if it cannot respond otherwise",
                    OutputRules::notFatal),
            Rule.must(
                    "no-repeated-results",
                    "returns Warning and Normal results on transitions only, not on every call",
                    OutputRules::transitionsOnly),
            Rule.expected("results-are-complete", "gives each result a severity and a message", OutputRules::results),
            Rule.expected(
                    "conditions-are-complete",
                    "gives each condition a unique type that is not Crossplane's, a status, and a PascalCase reason",
                    OutputRules::conditions));

    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
    private static final Set<String> SYSTEM_TYPES = Set.of("Ready", "Synced", "Healthy", "Responsive", "UpToDate");
    private static final Set<String> ALLOWED_FIELDS = Set.of("apiVersion", "kind", "status");

    private OutputRules() {}

    private interface BodyCheck {
        void check(Struct body, Consumer<String> findings);
    }

    private static void composites(FunctionClient client, BodyCheck check, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            check.check(exchange.response().getDesired().getComposite().getResource(), findings);
        }
    }

    private static void composed(FunctionClient client, BodyCheck check, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            exchange.own()
                    .forEach((name, resource) -> check.check(
                            resource.getResource(), what -> findings.accept("%s: %s".formatted(name, what))));
        }
    }

    private static void onlyStatus(Struct body, Consumer<String> findings) {
        var others = new TreeSet<>(body.getFieldsMap().keySet());
        others.removeAll(ALLOWED_FIELDS);
        others.forEach(key -> findings.accept("it sets " + key));
    }

    private static void noConditions(Struct body, Consumer<String> findings) {
        if (ImmediateControlPlane.object(body, "status").containsFields("conditions")) {
            findings.accept("it sets status.conditions");
        }
    }

    private static void noStatus(Struct body, Consumer<String> findings) {
        if (body.containsFields("status")) {
            findings.accept("sets a status");
        }
    }

    private static void noName(Struct body, Consumer<String> findings) {
        if (ImmediateControlPlane.object(body, "metadata").containsFields("name")) {
            findings.accept("sets a name");
        }
    }

    private static void hasKind(Struct body, Consumer<String> findings) {
        for (var key : List.of("apiVersion", "kind")) {
            if (body.getFieldsOrDefault(key, Value.getDefaultInstance())
                    .getStringValue()
                    .isEmpty()) {
                findings.accept("has no " + key);
            }
        }
    }

    private static void notFatal(FunctionClient client, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            if (ImmediateControlPlane.isFatal(exchange.response())) {
                findings.accept("there is a fatal result");
            }
        }
    }

    private static void transitionsOnly(FunctionClient client, Consumer<String> findings) {
        for (var scenario : Scenario.all(client)) {
            if (scenario.rested()) {
                transitionResults(scenario.exchanges().getLast().response())
                        .forEach(result -> findings.accept("at rest it returns on every call: " + result));
            }
            for (var exchange : scenario.exchanges()) {
                transitionResults(thirdResponse(client, exchange))
                        .forEach(result -> findings.accept("without a transition it returns again: " + result));
            }
        }
    }

    /** The response to the third call, if only the status is written in between. */
    private static RunFunctionResponse thirdResponse(FunctionClient client, Exchange first) {
        var second = ImmediateControlPlane.afterStatus(first.request(), first.response());
        return client.call(ImmediateControlPlane.afterStatus(second, client.call(second)));
    }

    private static List<String> transitionResults(RunFunctionResponse response) {
        return response.getResultsList().stream()
                .filter(result -> result.getSeverity() != Severity.SEVERITY_FATAL)
                .map(Result::getMessage)
                .toList();
    }

    private static void results(FunctionClient client, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            for (var result : exchange.response().getResultsList()) {
                if (result.getSeverity() == Severity.SEVERITY_UNSPECIFIED
                        || result.getSeverity() == Severity.UNRECOGNIZED) {
                    findings.accept("there is a result without severity");
                }
                if (result.getMessage().isBlank()) {
                    findings.accept("there is a result without message");
                }
            }
        }
    }

    private static void conditions(FunctionClient client, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            var types = new HashSet<String>();
            for (var condition : exchange.response().getConditionsList()) {
                if (!types.add(condition.getType())) {
                    findings.accept("there is " + condition.getType() + " more than once");
                }
                wrong(condition, findings);
            }
        }
    }

    private static void wrong(Condition condition, Consumer<String> findings) {
        if (condition.getType().isEmpty() || SYSTEM_TYPES.contains(condition.getType())) {
            findings.accept("there is the type \"%s\"".formatted(condition.getType()));
        }
        if (condition.getStatus() == Status.STATUS_CONDITION_UNSPECIFIED
                || condition.getStatus() == Status.UNRECOGNIZED) {
            findings.accept(condition.getType() + " has no status");
        }
        if (!REASON.matcher(condition.getReason()).matches()) {
            findings.accept(condition.getType() + " has no PascalCase reason");
        }
    }
}
