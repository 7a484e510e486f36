package io.functionenvironment.api.settings;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** Where an Environment lives and how big it is. One case per kind of cluster. */
public sealed interface Size {

    /** The kind of cluster in the words of {@code status.cluster.type}. */
    String type();

    /**
     * A vcluster in the host cluster.
     *
     * @param cpu what all apps together may request
     * @param memory likewise
     * @param pods how many pods the apps may have
     * @param volumes what all volume claims of the apps together may request
     * @param storage the volume of the cluster's own store; it cannot change once it exists
     * @param controlPlane what the virtual control plane itself may use, on top of the apps
     */
    record Vcluster(
            Quantity cpu,
            Quantity memory,
            int pods,
            Quantity volumes,
            Quantity storage,
            Optional<String> storageClass,
            ControlPlane controlPlane)
            implements Size {
        @Override
        public String type() {
            return "vcluster";
        }
    }

    record ControlPlane(Quantity cpu, Quantity memory) {}
}
