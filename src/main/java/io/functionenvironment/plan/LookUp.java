package io.functionenvironment.plan;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.simulation.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks up what Environments have values of and are not composed of, as Crossplane does it for the function. */
public interface LookUp {
    /**
     * Reads objects of one kind.
     *
     * @param kind with the namespace, and without a name
     * @return those that exist
     * @throws UnreadableState if it cannot be known which of them exist
     */
    List<Json.Obj> read(Ref kind, List<String> names);

    /** Requests with the same state, in which there is all that the function asks for, or why it was not read. */
    default List<PlanRequest> complete(List<PlanRequest> requests) {
        return complete(requests, Set.of(), new InProcessFunction());
    }

    private List<PlanRequest> complete(List<PlanRequest> requests, Set<Ref> asked, InProcessFunction function) {
        var wanted = requests.stream()
                .flatMap(request -> request.missing(function).stream())
                .filter(ref -> !asked.contains(ref))
                .collect(toCollection(LinkedHashSet::new));
        if (wanted.isEmpty()) {
            return requests;
        }
        var all = new HashSet<>(asked);
        all.addAll(wanted);
        var state = with(requests.getFirst().state(), wanted);
        return complete(requests.stream().map(request -> request.with(state)).toList(), all, function);
    }

    /** A state with objects, which are read with one call for each kind and namespace. */
    private ObservedState with(ObservedState state, Set<Ref> wanted) {
        var found = new ArrayList<Json.Obj>();
        var unread = new LinkedHashMap<Ref, String>();
        var kinds = wanted.stream().collect(groupingBy(LookUp::kind, LinkedHashMap::new, mapping(Ref::name, toList())));
        kinds.forEach((kind, names) -> {
            try {
                found.addAll(read(kind, names));
            } catch (UnreadableState bad) {
                var why = bad.text().lines().collect(joining("; "));
                names.forEach(name -> unread.put(new Ref(kind.apiVersion(), kind.kind(), kind.namespace(), name), why));
            }
        });
        return state.with(found, unread);
    }

    private static Ref kind(Ref ref) {
        return new Ref(ref.apiVersion(), ref.kind(), ref.namespace(), "");
    }
}
