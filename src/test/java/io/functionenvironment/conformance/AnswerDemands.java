package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What is asked of an answer as a whole. */
final class AnswerDemands {
    static final Demand<Caller> ANSWERS =
            Demand.must("answers", "answers RunFunction", (caller, seen) -> caller.call(caller.good()));

    static final List<Demand<Caller>> ALL = List.of(
            ANSWERS,
            Demand.must("tag-echoed", "answers with the request's tag, unchanged", AnswerDemands::echo),
            Demand.must("tag-not-interpreted", "answers the same whatever the tag is", AnswerDemands::sameForAnyTag),
            Demand.should("ttl-set", "says how long the answer holds", AnswerDemands::ttl),
            Demand.must(
                    "ttl-is-a-time",
                    "says so with a time that can be: whole, not negative, and not absurd",
                    AnswerDemands::possible),
            Demand.must(
                    "same-answer",
                    "answers an identical request with the same answer, as who keeps answers relies on",
                    (caller, seen) -> same(caller, seen, false)),
            Demand.expected(
                    "same-bytes",
                    "answers an identical request with the same bytes, whatever the order of the maps in it; what it only"
                            + " passes on may keep its order",
                    (caller, seen) -> same(caller, seen, true)),
            Demand.expected(
                    "requirements-settle",
                    "requires the same again once that was looked for, so that Crossplane need not ask more than six times",
                    AnswerDemands::settled),
            Demand.expected(
                    "comes-to-rest",
                    "desires the same again once all of it exists and is ready",
                    (caller, seen) -> Scenario.all(caller).stream()
                            .filter(course -> !course.rested())
                            .forEach(course -> seen.accept("each answer leads to another"))));

    private static final int AGAIN = 4;
    private static final int MOST_LOOKS = 6;
    private static final long YEAR = 366L * 24 * 3600;

    private AnswerDemands() {}

    private static void echo(Caller caller, Consumer<String> seen) {
        for (var tag : List.of("tag", "", "ünïcode 🙂", "{\"ttl\": \"1s\"}", "line\n\u0000", "x".repeat(100_000))) {
            var request = caller.good().toBuilder();
            request.getMetaBuilder().setTag(tag);
            if (!caller.call(request.build()).getMeta().getTag().equals(tag)) {
                seen.accept("another tag comes back");
            }
        }
    }

    private static void sameForAnyTag(Caller caller, Consumer<String> seen) {
        var request = Samples.afterOthers(caller.good()).toBuilder();
        request.getMetaBuilder().setTag("first");
        var first = untagged(caller.call(request.build()));
        request.getMetaBuilder().setTag("ttl=0;debug=true");
        if (!untagged(caller.call(request.build())).equals(first)) {
            seen.accept("another tag brings another answer");
        }
    }

    private static RunFunctionResponse untagged(RunFunctionResponse answer) {
        var changed = answer.toBuilder();
        changed.getMetaBuilder().clearTag();
        return changed.build();
    }

    private static void ttl(Caller caller, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            if (!moment.answer().getMeta().hasTtl() && !RecordedControlPlane.isFatal(moment.answer())) {
                seen.accept("there is no ttl");
            }
        }
    }

    private static void possible(Caller caller, Consumer<String> seen) {
        for (var moment : Scenario.moments(caller)) {
            if (!isPossible(moment.answer().getMeta())) {
                seen.accept("the ttl is " + moment.answer().getMeta().getTtl().getSeconds() + "s");
            }
        }
    }

    private static boolean isPossible(ResponseMeta meta) {
        var ttl = meta.getTtl();
        return ttl.getSeconds() >= 0
                && ttl.getSeconds() <= YEAR
                && ttl.getNanos() >= 0
                && ttl.getNanos() < 1_000_000_000;
    }

    private static void same(Caller caller, Consumer<String> seen, boolean bytes) {
        for (var sample : caller.samples()) {
            var request = Samples.afterOthers(sample);
            var first = caller.bytes(request);
            for (var again = 0; again < AGAIN; again++) {
                var next = caller.bytes(again % 2 == 0 ? turned(request) : request);
                if (bytes ? !Arrays.equals(next, first) : !Caller.parse(next).equals(Caller.parse(first))) {
                    seen.accept(bytes ? "other bytes come back" : "another answer comes back");
                }
            }
        }
    }

    /** The other order in all maps but those inside what is passed on. */
    private static RunFunctionRequest turned(RunFunctionRequest request) {
        var turned = MapOrder.turned(request).toBuilder().setContext(request.getContext());
        var desired =
                turned.getDesiredBuilder().setComposite(request.getDesired().getComposite());
        // To put a resource again changes the value of its entry, and not its place in the order.
        request.getDesired().getResourcesMap().forEach(desired::putResources);
        return turned.build();
    }

    private static void settled(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            var request = sample;
            var required = caller.call(request);
            var looks = 1;
            while (required.hasRequirements()) {
                request = RecordedControlPlane.lookedFor(request, required);
                var next = caller.call(request);
                if (next.getRequirements().equals(required.getRequirements())) {
                    break;
                }
                if (++looks == MOST_LOOKS) {
                    seen.accept("each look brings another requirement");
                    break;
                }
                required = next;
            }
        }
    }
}
