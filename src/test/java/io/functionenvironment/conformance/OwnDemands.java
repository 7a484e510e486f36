package io.functionenvironment.conformance;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.conformance.Scenario.Moment;
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

/** What is asked of that which the function itself desires and says. */
final class OwnDemands {
    static final List<Demand<Caller>> ALL = List.of(
            Demand.must(
                    "composite-only-status",
                    "says nothing of the composite resource but its status",
                    (caller, seen) -> composites(caller, OwnDemands::onlyStatus, seen)),
            Demand.expected(
                    "composite-no-conditions-in-status",
                    "returns conditions as such, and not inside the status",
                    (caller, seen) -> composites(caller, OwnDemands::noConditions, seen)),
            Demand.must(
                    "composed-no-status",
                    "desires no status of composed resources",
                    (caller, seen) -> composed(caller, OwnDemands::noStatus, seen)),
            Demand.should(
                    "composed-no-name",
                    "leaves the names of composed resources to Crossplane",
                    (caller, seen) -> composed(caller, OwnDemands::noName, seen)),
            Demand.expected(
                    "composed-has-kind",
                    "says apiVersion and kind of composed resources",
                    (caller, seen) -> composed(caller, OwnDemands::hasKind, seen)),
            Demand.must(
                    "fatal-only-to-stop",
                    "does not stop the pipeline over a request that it can answer",
                    OwnDemands::notFatal),
            Demand.must(
                    "no-standing-results",
                    "has no Warning or Normal result on each call: none when the same is said again, none at rest",
                    OwnDemands::silent),
            Demand.expected(
                    "results-are-complete",
                    "gives each result a severity that is known, and a message",
                    OwnDemands::results),
            Demand.expected(
                    "conditions-are-complete",
                    "gives each condition one type that is its own to set, a status, and a reason in one word",
                    OwnDemands::conditions));

    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
    private static final Set<String> OF_CROSSPLANE = Set.of("Ready", "Synced", "Healthy", "Responsive", "UpToDate");
    private static final Set<String> NAMED = Set.of("apiVersion", "kind", "status");

    private OwnDemands() {}

    private interface Look {
        void at(Struct body, Consumer<String> seen);
    }

    private static void composites(Caller caller, Look look, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            look.at(moment.answer().getDesired().getComposite().getResource(), seen);
        }
    }

    private static void composed(Caller caller, Look look, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            moment.own()
                    .forEach((name, resource) ->
                            look.at(resource.getResource(), what -> seen.accept("%s: %s".formatted(name, what))));
        }
    }

    private static void onlyStatus(Struct body, Consumer<String> seen) {
        var more = new TreeSet<>(body.getFieldsMap().keySet());
        more.removeAll(NAMED);
        more.forEach(key -> seen.accept("it has " + key));
    }

    private static void noConditions(Struct body, Consumer<String> seen) {
        if (RecordedControlPlane.object(body, "status").containsFields("conditions")) {
            seen.accept("it has status.conditions");
        }
    }

    private static void noStatus(Struct body, Consumer<String> seen) {
        if (body.containsFields("status")) {
            seen.accept("has a status");
        }
    }

    private static void noName(Struct body, Consumer<String> seen) {
        if (RecordedControlPlane.object(body, "metadata").containsFields("name")) {
            seen.accept("has a name");
        }
    }

    private static void hasKind(Struct body, Consumer<String> seen) {
        for (var key : List.of("apiVersion", "kind")) {
            if (body.getFieldsOrDefault(key, Value.getDefaultInstance())
                    .getStringValue()
                    .isEmpty()) {
                seen.accept("has no " + key);
            }
        }
    }

    private static void notFatal(Caller caller, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            if (RecordedControlPlane.isFatal(moment.answer())) {
                seen.accept("there is a Fatal result");
            }
        }
    }

    private static void silent(Caller caller, Consumer<String> seen) {
        for (var course : Scenario.all(caller)) {
            if (course.rested()) {
                said(course.moments().getLast().answer())
                        .forEach(result -> seen.accept("at rest it says on each call: " + result));
            }
            for (var moment : course.moments()) {
                said(thirdAnswer(caller, moment))
                        .forEach(result -> seen.accept("while nothing happens it says again: " + result));
            }
        }
    }

    /** What it answers when all that it said twice is known, and nothing else has happened. */
    private static RunFunctionResponse thirdAnswer(Caller caller, Moment first) {
        var second = RecordedControlPlane.said(first.request(), first.answer());
        return caller.call(RecordedControlPlane.said(second, caller.call(second)));
    }

    private static List<String> said(RunFunctionResponse answer) {
        return answer.getResultsList().stream()
                .filter(result -> result.getSeverity() != Severity.SEVERITY_FATAL)
                .map(Result::getMessage)
                .toList();
    }

    private static void results(Caller caller, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            for (var result : moment.answer().getResultsList()) {
                if (result.getSeverity() == Severity.SEVERITY_UNSPECIFIED
                        || result.getSeverity() == Severity.UNRECOGNIZED) {
                    seen.accept("there is a result without severity");
                }
                if (result.getMessage().isBlank()) {
                    seen.accept("there is a result without message");
                }
            }
        }
    }

    private static void conditions(Caller caller, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            var types = new HashSet<String>();
            for (var condition : moment.answer().getConditionsList()) {
                if (!types.add(condition.getType())) {
                    seen.accept("there is " + condition.getType() + " twice");
                }
                wrong(condition, seen);
            }
        }
    }

    private static void wrong(Condition condition, Consumer<String> seen) {
        if (condition.getType().isEmpty() || OF_CROSSPLANE.contains(condition.getType())) {
            seen.accept("there is the type \"%s\"".formatted(condition.getType()));
        }
        if (condition.getStatus() == Status.STATUS_CONDITION_UNSPECIFIED
                || condition.getStatus() == Status.UNRECOGNIZED) {
            seen.accept(condition.getType() + " has no status");
        }
        if (!REASON.matcher(condition.getReason()).matches()) {
            seen.accept(condition.getType() + " has no reason in one word");
        }
    }
}
