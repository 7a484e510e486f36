package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls from one request until nothing changes, with everything desired ready at once.
 *
 * @param rested whether that state was reached
 */
record Scenario(List<Exchange> exchanges, boolean rested) {
    private static final int MAX_CALLS = 24;

    /** A request and its response. */
    record Exchange(RunFunctionRequest request, RunFunctionResponse response) {
        /** The resources that the function desires itself, without those of other steps. */
        Map<String, Resource> own() {
            var own = new TreeMap<>(response.getDesired().getResourcesMap());
            own.keySet().removeAll(request.getDesired().getResourcesMap().keySet());
            return own;
        }
    }

    static Scenario of(FunctionClient client, RunFunctionRequest sample) {
        var known = client.scenarios().get(sample);
        if (known == null) {
            known = run(client, sample);
            client.scenarios().put(sample, known);
        }
        return known;
    }

    private static Scenario run(FunctionClient client, RunFunctionRequest sample) {
        var exchanges = new ArrayList<Exchange>();
        var request = sample;
        while (exchanges.size() < MAX_CALLS) {
            var exchange = new Exchange(request, client.call(request));
            exchanges.add(exchange);
            var next = ImmediateControlPlane.afterApply(request, exchange.response());
            if (next.equals(request)) {
                return new Scenario(exchanges, true);
            }
            request = next;
        }
        return new Scenario(exchanges, false);
    }

    static List<Scenario> all(FunctionClient client) {
        return client.samples().stream().map(sample -> of(client, sample)).toList();
    }

    static List<Exchange> exchanges(FunctionClient client) {
        return all(client).stream()
                .flatMap(scenario -> scenario.exchanges.stream())
                .toList();
    }
}
