package io.functionenvironment.conformance;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that is asked of functions, and what is found where it is held against one. */
final class Conformance {
    /** To be tried in each way of calling. */
    static final List<Demand<Caller>> CALLED = Stream.of(
                    AnswerDemands.ALL,
                    DesiredDemands.ALL,
                    OwnDemands.ALL,
                    HostileDemands.ALL,
                    BrokenDemands.ALL,
                    DiscoveryDemands.ALL)
            .flatMap(List::stream)
            .toList();

    /** To be tried where the program can be started. */
    static final List<Demand<Session>> STARTED =
            Stream.of(ProgramDemands.ALL, TlsDemands.ALL).flatMap(List::stream).toList();

    private final TreeMap<String, List<Endpoint>> findings = new TreeMap<>();

    /** Tries everything on a program, in all ways. */
    void hold(Session session, List<RunFunctionRequest> samples) throws IOException {
        for (var demand : STARTED) {
            demand.findings(session).forEach(seen -> findings.put(line(demand, seen), Endpoint.ALL));
        }
        for (var way : Endpoint.ALL) {
            try (var caller = session.caller(way, samples)) {
                hold(caller);
            }
        }
    }

    /** Tries what can be tried by calling. Where it does not even answer, there is no more to be found. */
    void hold(Caller caller) {
        for (var demand : CALLED) {
            var seen = demand.findings(caller);
            seen.forEach(what -> findings.computeIfAbsent(line(demand, what), line -> new ArrayList<>())
                    .add(caller.way()));
            if (demand.equals(AnswerDemands.ANSWERS) && !seen.isEmpty()) {
                return;
            }
        }
    }

    /**
     * All that was found, one to a line.
     *
     * @param all the ways that were tried; where something was found in only some of them, these are named
     */
    List<String> lines(List<Endpoint> all) {
        var lines = new TreeSet<String>();
        findings.forEach((line, ways) -> lines.add(
                ways.containsAll(all)
                        ? line
                        : line + ways.stream().map(Endpoint::toString).sorted().collect(joining(", ", " (", ")"))));
        return List.copyOf(lines);
    }

    private static String line(Demand<?> demand, String seen) {
        return "%s %s: %s".formatted(demand.level(), demand.id(), seen);
    }
}
