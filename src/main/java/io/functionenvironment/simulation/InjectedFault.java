package io.functionenvironment.simulation;

/** Something that goes wrong as long as it lasts. Releases and virtual clusters are named as Helm knows them. */
public sealed interface InjectedFault {

    /** A chart is not where it is said to be. */
    record ChartMissing(String release) implements InjectedFault {}

    /** Nothing can be had from addresses that begin so. */
    record RepositoryDown(String repository) implements InjectedFault {}

    /** Installing or upgrading fails after Helm noted it, the first so many times. */
    record InstallFails(String release, int times, String message) implements InjectedFault {}

    /** A hook keeps Helm from uninstalling. */
    record UninstallFails(String release, String message) implements InjectedFault {}

    /** The chart does not accept its values. */
    record ValuesRejected(String release, String message) implements InjectedFault {}

    /** A virtual cluster does not serve: it never starts, or stops serving. */
    record Down(String vcluster) implements InjectedFault {}

    /** Somebody stopped a program; the others go on without it. */
    record Stopped(Program program) implements InjectedFault {}

    /** What can be stopped. */
    enum Program {
        PROVIDER_HELM,
        PROVIDER_KUBERNETES,
        FUNCTION
    }
}
