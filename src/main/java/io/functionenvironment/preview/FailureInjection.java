package io.functionenvironment.preview;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.simulation.InjectedFault;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.simulation.Simulation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Injects the failures of a preview into a simulation. Only when a release is created is its name known. */
final class FailureInjection {
    private final List<PreviewRequest.Failure> failures;
    private final Simulation simulation;
    /** The names of Helm releases, by component. */
    private final Map<String, String> releases = new TreeMap<>();

    FailureInjection(List<PreviewRequest.Failure> failures, Simulation simulation) {
        this.failures = failures;
        this.simulation = simulation;
    }

    /** Notes the names of releases. */
    void note(Reconciliation pass) {
        pass.response()
                .ifPresent(answer -> answer.desired()
                        .forEach((component, wanted) -> wanted.body()
                                .text("metadata", "annotations", "crossplane.io/external-name")
                                .ifPresent(release -> releases.put(component, release))));
    }

    /** Begins the failures of components. */
    void begin(Collection<String> components) {
        for (var failure : failures) {
            var component = component(failure.name());
            if (components.contains(component) && releases.get(component) instanceof String release) {
                simulation.inject(fault(failure, release));
            }
        }
    }

    /** The component of the cluster, of an add-on, or of an app. */
    private static String component(String name) {
        return name.equals("cluster") || AppReader.RESERVED.contains(name) ? name : "app-" + name;
    }

    /** Begins the failures of all components that exist. */
    void beginAll() {
        begin(releases.keySet());
    }

    private static InjectedFault fault(PreviewRequest.Failure failure, String release) {
        return failure.message()
                .<InjectedFault>map(message -> new InjectedFault.InstallFails(release, Integer.MAX_VALUE, message))
                .orElseGet(() -> failure.name().equals("cluster")
                        ? new InjectedFault.ClusterDown(release)
                        : new InjectedFault.ChartMissing(release));
    }
}
