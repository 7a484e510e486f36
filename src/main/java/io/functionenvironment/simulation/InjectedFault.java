package io.functionenvironment.simulation;

/** A fault that lasts from its injection until it is cleared. Releases and clusters are named by their Helm release. */
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

    /** The API server of a virtual cluster does not start, or stops. */
    record ClusterDown(String release) implements InjectedFault {}

    /** A program does not run. */
    record Stopped(Program program) implements InjectedFault {}

    enum Program {
        PROVIDER_HELM,
        PROVIDER_KUBERNETES,
        FUNCTION
    }
}
