package io.functionenvironment.simulation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What goes wrong at present, in the words of those whom it hits. */
final class InjectedFaults {
    private final Set<InjectedFault> present = new LinkedHashSet<>();
    private final Map<InjectedFault, Integer> happened = new HashMap<>();

    void begin(InjectedFault mishap) {
        present.add(mishap);
        happened.remove(mishap);
    }

    void end(InjectedFault mishap) {
        present.remove(mishap);
    }

    boolean has(InjectedFault mishap) {
        return present.contains(mishap);
    }

    /** Why Helm refuses before it notes anything. */
    Optional<String> refusal(String release, Charts.Chart chart) {
        return present.stream()
                .flatMap(mishap -> switch (mishap) {
                    case InjectedFault.ChartMissing(var name)
                    when name.equals(release) -> Optional.of("failed to pull chart: " + missing(chart)).stream();
                    case InjectedFault.RepositoryDown(var address)
                    when chart.repository().startsWith(address) ->
                        Optional.of("failed to pull chart: " + unreachable(chart)).stream();
                    case InjectedFault.ValuesRejected(var name, var message)
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
            if (mishap instanceof InjectedFault.InstallFails(var name, var times, var message)
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
                .flatMap(mishap ->
                        mishap instanceof InjectedFault.UninstallFails(var name, var message) && name.equals(release)
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
