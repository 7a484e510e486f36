package io.functionenvironment.graph;

/** The cluster that the thing behind a component is in. */
public sealed interface Location {
    /** The host cluster, or a cloud provider that is reached from there. */
    record Host() implements Location {}

    /**
     * The Environment's own cluster. What is in it can only be removed while that cluster responds.
     *
     * @param alive the component that shows whether the cluster responds, and what has to be seen of it
     */
    record Guest(Dependency alive) implements Location {}

    Location HOST = new Host();
}
