package io.functionenvironment.conformance;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All rules, and the findings for one function. */
final class Conformance {
    /** Checked by calling a function, through each endpoint. */
    static final List<Rule<FunctionClient>> OF_CLIENTS = Stream.of(
                    ResponseRules.ALL,
                    PassThroughRules.ALL,
                    OutputRules.ALL,
                    RobustnessRules.ALL,
                    TransportRules.ALL,
                    ServerRules.ALL)
            .flatMap(List::stream)
            .toList();

    /** Checked by starting a program. */
    static final List<Rule<Session>> OF_PROGRAMS =
            Stream.of(ProgramRules.ALL, TlsRules.ALL).flatMap(List::stream).toList();

    private final TreeMap<String, List<Endpoint>> endpointsOfFinding = new TreeMap<>();

    /** Checks all rules on a program, through all endpoints. */
    void check(Session session, List<RunFunctionRequest> samples) throws IOException {
        for (var rule : OF_PROGRAMS) {
            rule.findings(session).forEach(finding -> endpointsOfFinding.put(line(rule, finding), Endpoint.ALL));
        }
        for (var endpoint : Endpoint.ALL) {
            try (var client = session.client(endpoint, samples)) {
                check(client);
            }
        }
    }

    /** Checks the rules for clients. If the function does not respond at all, the others are skipped. */
    void check(FunctionClient client) {
        for (var rule : OF_CLIENTS) {
            var findings = rule.findings(client);
            findings.forEach(finding -> endpointsOfFinding
                    .computeIfAbsent(line(rule, finding), line -> new ArrayList<>())
                    .add(client.endpoint()));
            if (rule.equals(ResponseRules.RESPONDS) && !findings.isEmpty()) {
                return;
            }
        }
    }

    /**
     * All findings, one per line.
     *
     * @param all the endpoints that were checked; a finding for only some of them names these
     */
    List<String> lines(List<Endpoint> all) {
        var lines = new TreeSet<String>();
        endpointsOfFinding.forEach((line, endpoints) -> lines.add(
                endpoints.containsAll(all)
                        ? line
                        : line
                                + endpoints.stream()
                                        .map(Endpoint::toString)
                                        .sorted()
                                        .collect(joining(", ", " (", ")"))));
        return List.copyOf(lines);
    }

    private static String line(Rule<?> rule, String finding) {
        return "%s %s: %s".formatted(rule.level(), rule.id(), finding);
    }
}
