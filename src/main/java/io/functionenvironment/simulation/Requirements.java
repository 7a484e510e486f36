package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls a function until it requires nothing new.
 *
 * @param bootstrap what the Composition itself requires for it
 */
record Requirements(Cluster host, Timeline timeline, Pipeline pipeline, Map<String, Answer.Selector> bootstrap) {
    private static final int MOST_CALLS = 6;

    /** The last answer, what it was an answer to, and how many calls it took. */
    record Settled(Answer answer, Call call, int calls) {}

    Settled call(Json.Obj composite, Map<String, Call.Seen> observed, Optional<Json.Obj> input) {
        var wanted = Map.<String, Answer.Selector>of();
        for (var calls = 1; calls <= MOST_CALLS; calls++) {
            var call = new Call(composite, observed, input, found(wanted));
            var answer = pipeline.call(call, timeline.now());
            if (answer.fatal().isPresent() || answer.requirements().equals(wanted)) {
                return new Settled(answer, call, calls);
            }
            wanted = answer.requirements();
        }
        throw new ApiError("requirements didn't stabilize after the maximum number of iterations (5)");
    }

    private Map<String, List<Json.Obj>> found(Map<String, Answer.Selector> wanted) {
        var all = new LinkedHashMap<>(bootstrap);
        all.putAll(wanted);
        var found = new LinkedHashMap<String, List<Json.Obj>>();
        all.forEach((name, selector) -> found.put(name, host.list(object -> matches(selector, object))));
        return found;
    }

    private static boolean matches(Answer.Selector selector, Json.Obj object) {
        var ref = Ref.of(object);
        return ref.apiVersion().equals(selector.apiVersion())
                && ref.is(selector.kind())
                && selector.namespace()
                        .filter(namespace -> !namespace.equals(ref.namespace()))
                        .isEmpty()
                && selector.name().filter(name -> !name.equals(ref.name())).isEmpty()
                && selector.labels().entrySet().stream()
                        .allMatch(label -> object.text("metadata", "labels", label.getKey())
                                .filter(label.getValue()::equals)
                                .isPresent());
    }
}
