package io.functionenvironment.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The active faults, and the error messages that they cause. */
final class InjectedFaults {
    private final Set<InjectedFault> active = new LinkedHashSet<>();
    private final Map<InjectedFault, Integer> occurrences = new HashMap<>();

    void inject(InjectedFault fault) {
        active.add(fault);
        occurrences.remove(fault);
    }

    void clear(InjectedFault fault) {
        active.remove(fault);
    }

    boolean isActive(InjectedFault fault) {
        return active.contains(fault);
    }

    /** An error of provider-helm before Helm has recorded the revision: a failed pull or invalid values. */
    Optional<String> preInstallError(String release, Charts.Chart chart) {
        return active.stream()
                .flatMap(fault -> switch (fault) {
                    case InjectedFault.ChartMissing(var name)
                    when name.equals(release) -> Optional.of("failed to pull chart: " + notFound(chart)).stream();
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

    /** An error after Helm has recorded the revision, which is then failed. */
    Optional<String> installError(String release) {
        for (var fault : active) {
            if (fault instanceof InjectedFault.InstallFails(var name, var times, var message)
                    && name.equals(release)
                    && occurrences.merge(fault, 1, Integer::sum) <= times) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    Optional<String> uninstallError(String release) {
        return active.stream()
                .flatMap(fault ->
                        fault instanceof InjectedFault.UninstallFails(var name, var message) && name.equals(release)
                                ? Optional.of(message).stream()
                                : Optional.<String>empty().stream())
                .findFirst();
    }

    Optional<String> externalError(String kind, String name) {
        return active.stream()
                .flatMap(fault -> fault instanceof InjectedFault.ExternalFails(var itsKind, var itsName, var message)
                                && itsKind.equals(kind)
                                && itsName.equals(name)
                        ? Optional.of(message).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }

    /** How long the external resource of a composed resource takes to be created, if that is unusual. */
    Optional<Duration> creation(Optional<String> component) {
        return active.stream()
                .flatMap(fault -> fault instanceof InjectedFault.SlowCreation(var name, var time)
                                && component.filter(name::equals).isPresent()
                        ? Stream.of(time)
                        : Stream.<Duration>empty())
                .findFirst();
    }

    private static String notFound(Charts.Chart chart) {
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
