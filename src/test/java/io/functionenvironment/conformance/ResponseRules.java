package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Rules for a response as a whole. */
final class ResponseRules {
    static final Rule<FunctionClient> RESPONDS =
            Rule.must("responds", "responds to RunFunction", (client, findings) -> client.call(client.good()));

    static final List<Rule<FunctionClient>> ALL = List.of(
            RESPONDS,
            Rule.must("tag-echoed", "returns the tag of the request unchanged", ResponseRules::echo),
            Rule.must(
                    "tag-not-interpreted",
                    "returns the same response whatever the tag is",
                    ResponseRules::sameForAnyTag),
            Rule.should("ttl-set", "sets a TTL", ResponseRules::ttl),
            Rule.must("ttl-is-valid", "sets a TTL that is not negative, and at most a year", ResponseRules::possible),
            Rule.must(
                    "same-response",
                    "returns the same response to an identical request, as caches of responses rely on",
                    (client, findings) -> same(client, findings, false)),
            Rule.expected(
                    "same-bytes",
                    "returns the same bytes to an identical request, whatever the order of its maps; what it only passes on may keep"
                            + " its order",
                    (client, findings) -> same(client, findings, true)),
            Rule.expected(
                    "requirements-settle",
                    "returns stable requirements once they were fetched, within the six calls that Crossplane makes",
                    ResponseRules::settled),
            Rule.expected(
                    "comes-to-rest",
                    "desires the same again once everything desired exists and is ready",
                    (client, findings) -> Scenario.all(client).stream()
                            .filter(scenario -> !scenario.rested())
                            .forEach(scenario -> findings.accept("each response leads to a different one"))));

    private static final int REPETITIONS = 4;
    private static final int MAX_CALLS = 6;
    private static final long YEAR = 366L * 24 * 3600;

    private ResponseRules() {}

    private static void echo(FunctionClient client, Consumer<String> findings) {
        for (var tag : List.of("tag", "", "ünïcode 🙂", "{\"ttl\": \"1s\"}", "line\n\u0000", "x".repeat(100_000))) {
            var request = client.good().toBuilder();
            request.getMetaBuilder().setTag(tag);
            if (!client.call(request.build()).getMeta().getTag().equals(tag)) {
                findings.accept("the tag differs");
            }
        }
    }

    private static void sameForAnyTag(FunctionClient client, Consumer<String> findings) {
        var request = SampleRequests.afterOtherSteps(client.good()).toBuilder();
        request.getMetaBuilder().setTag("first");
        var first = untagged(client.call(request.build()));
        request.getMetaBuilder().setTag("ttl=0;debug=true");
        if (!untagged(client.call(request.build())).equals(first)) {
            findings.accept("the response depends on the tag");
        }
    }

    private static RunFunctionResponse untagged(RunFunctionResponse response) {
        var changed = response.toBuilder();
        changed.getMetaBuilder().clearTag();
        return changed.build();
    }

    private static void ttl(FunctionClient client, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            if (!exchange.response().getMeta().hasTtl() && !ImmediateControlPlane.isFatal(exchange.response())) {
                findings.accept("there is no TTL");
            }
        }
    }

    private static void possible(FunctionClient client, Consumer<String> findings) {
        for (var exchange : Scenario.exchanges(client)) {
            if (!isPossible(exchange.response().getMeta())) {
                findings.accept(
                        "the TTL is " + exchange.response().getMeta().getTtl().getSeconds() + "s");
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

    private static void same(FunctionClient client, Consumer<String> findings, boolean bytes) {
        for (var sample : client.samples()) {
            var request = SampleRequests.afterOtherSteps(sample);
            var first = client.bytes(request);
            for (var again = 0; again < REPETITIONS; again++) {
                var next = client.bytes(again % 2 == 0 ? reversed(request) : request);
                if (bytes
                        ? !Arrays.equals(next, first)
                        : !FunctionClient.parse(next).equals(FunctionClient.parse(first))) {
                    findings.accept(bytes ? "the bytes differ" : "the response differs");
                }
            }
        }
    }

    /** All maps in reverse order, except those inside of what is passed on. */
    private static RunFunctionRequest reversed(RunFunctionRequest request) {
        var reversed = MapOrder.reversed(request).toBuilder().setContext(request.getContext());
        var desired =
                reversed.getDesiredBuilder().setComposite(request.getDesired().getComposite());
        // Putting a resource again replaces its value, and keeps its place in the order.
        request.getDesired().getResourcesMap().forEach(desired::putResources);
        return reversed.build();
    }

    private static void settled(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            var request = sample;
            var required = client.call(request);
            var calls = 1;
            while (required.hasRequirements()) {
                request = ImmediateControlPlane.afterFetch(request, required);
                var next = client.call(request);
                if (next.getRequirements().equals(required.getRequirements())) {
                    break;
                }
                if (++calls == MAX_CALLS) {
                    findings.accept("the requirements change after each fetch");
                    break;
                }
                required = next;
            }
        }
    }
}
