package io.functionenvironment.simulation;

import java.time.Duration;

/** A fault that lasts from its injection until it is cleared. Names are those of Helm releases, or external names. */
public sealed interface InjectedFault {

    /** The chart of a release is not in its repository. */
    record ChartMissing(String release) implements InjectedFault {}

    /** All repositories whose address begins so are unreachable. */
    record RepositoryDown(String repository) implements InjectedFault {}

    /** The first so many installs and upgrades fail after Helm has recorded them. */
    record InstallFails(String release, int times, String message) implements InjectedFault {}

    /** A hook fails every uninstall. */
    record UninstallFails(String release, String message) implements InjectedFault {}

    /** The chart's schema rejects the values. */
    record ValuesRejected(String release, String message) implements InjectedFault {}

    /** The API server of a virtual cluster, or of the cluster of a {@link ManagedKind}, does not start, or stops. */
    record ClusterDown(String name) implements InjectedFault {}

    /** The external resources of a {@link ManagedKind} with this name cannot be created, updated or deleted. */
    record ExternalFails(String kind, String name, String message) implements InjectedFault {}

    /** The external resources of a composed resource, by its name in the composite, take so long to be created. */
    record SlowCreation(String component, Duration time) implements InjectedFault {}

    /** The Secret with the credentials of a ProviderConfig's identity does not exist. */
    record IdentityMissing(String secret) implements InjectedFault {}

    /** A program does not run. */
    record Stopped(Program program) implements InjectedFault {}

    enum Program {
        PROVIDER_HELM,
        PROVIDER_KUBERNETES,
        FUNCTION
    }
}
