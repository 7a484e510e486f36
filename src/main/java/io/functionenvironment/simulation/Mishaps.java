package io.functionenvironment.simulation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What goes wrong at present, in the words of those whom it hits. */
final class Mishaps {
    private final Set<Mishap> present = new LinkedHashSet<>();
    private final Map<Mishap, Integer> happened = new HashMap<>();

    void begin(Mishap mishap) {
        present.add(mishap);
        happened.remove(mishap);
    }

    void end(Mishap mishap) {
        present.remove(mishap);
    }

    boolean has(Mishap mishap) {
        return present.contains(mishap);
    }

    /** Why Helm refuses before it notes anything. */
    Optional<String> refusal(String release, Charts.Chart chart) {
        return present.stream()
                .flatMap(mishap -> switch (mishap) {
                    case Mishap.ChartMissing(var name)
                    when name.equals(release) -> Optional.of("failed to pull chart: " + missing(chart)).stream();
                    case Mishap.RepositoryDown(var address)
                    when chart.repository().startsWith(address) ->
                        Optional.of("failed to pull chart: " + unreachable(chart)).stream();
                    case Mishap.ValuesRejected(var name, var message)
                    when name.equals(release) ->
                        Optional.of(
                                "failed to install release: values don't meet the specifications of the schema(s) in"
                                        + " the following chart(s): " + chart.name() + ": " + message)
                                .stream();
                    default -> Optional.<String>empty().stream();
                })
                .findFirst();
    }

    /** Why what Helm noted fails this time. */
    Optional<String> failure(String release) {
        for (var mishap : present) {
            if (mishap instanceof Mishap.InstallFails(var name, var times, var message)
                    && name.equals(release)
                    && happened.merge(mishap, 1, Integer::sum) <= times) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Why Helm does not uninstall. */
    Optional<String> hold(String release) {
        return present.stream()
                .flatMap(
                        mishap -> mishap instanceof Mishap.UninstallFails(var name, var message) && name.equals(release)
                                ? Stream.of(message)
                                : Stream.empty())
                .findFirst();
    }

    private static String missing(Charts.Chart chart) {
        return chart.repository().startsWith("oci://")
                ? chart.repository().substring("oci://".length()) + "/" + chart.name() + ":" + chart.version()
                        + ": not found"
                : "chart \"" + chart.name() + "\" version \"" + chart.version() + "\" not found in "
                        + chart.repository() + " repository";
    }

    private static String unreachable(Charts.Chart chart) {
        return "looks like \"" + chart.repository()
                + "\" is not a valid chart repository or cannot be reached: dial tcp:" + " i/o timeout";
    }
}
