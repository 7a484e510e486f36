package io.functionenvironment.cluster.cloud;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ManagedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one cloud provider adds to {@link CloudCluster}. */
public interface Cloud {
    /** The kind of cluster, in the words of {@code status.cluster.type}. */
    String type();

    /** Reads a size. It reports errors and returns a size in any case, which is used only without errors. */
    CloudSize readSize(FieldReader at);

    /**
     * The managed resources. Each is created when the one before is ready, and deleted before that one. Everything in the cluster
     * is uninstalled before the last one is deleted.
     */
    List<CloudPart> parts(CloudSize size, Request request);

    /** The names of all parts that there may be, in the same order. */
    List<String> partNames();

    /** The names of the parts that stand for something that costs money. */
    Set<String> billable();

    /** The name of the part that writes the kubeconfig. */
    String credentials();

    /** Where a managed resource of the kind that is the cluster has the version of Kubernetes that is requested. */
    String versionField();

    /** Whether the cloud takes that version as the least one, so that a later one may run. */
    default boolean versionIsMinimum() {
        return false;
    }

    /** Objects in the cluster that everything in it needs, by component name. They go with the cluster. */
    default Map<String, Json.Obj> manifests(CloudSize size) {
        return Map.of();
    }

    /** The names of all such components that there may be. */
    default List<String> manifestNames() {
        return List.of();
    }

    /** What the cluster says of itself. */
    Facts facts(Live live);

    /**
     * What the parts are made of.
     *
     * @param name of the cluster
     * @param labels that name the team, the environment and the size, with the platform's own
     * @param kubernetesVersion empty leaves it to the cloud
     * @param observed the parts that exist, by name
     */
    record Request(
            String name,
            Map<String, String> labels,
            Optional<String> kubernetesVersion,
            Function<String, Optional<ObservedResource>> observed) {

        /** What the provider reports of a part, such as an identifier that the cloud chose. */
        public Optional<String> reported(String part, String... path) {
            return text(part, "status", "atProvider", path);
        }

        /** What is desired of a part that exists. */
        public Optional<String> desired(String part, String... path) {
            return text(part, "spec", "forProvider", path);
        }

        /**
         * The networks to request; empty leaves them as they are. Providers leave them where the field is absent, too, so those that a
         * size named give way to all networks. Those that somebody else limited the API to stay.
         */
        public Optional<List<String>> networks(CloudSize.Options options) {
            return options.authorized()
                    .or(() -> Optional.of(List.of(CloudSize.EVERYWHERE))
                            .filter(ignored -> observed.apply(CloudPlanner.CLUSTER)
                                    .flatMap(seen -> seen.annotation(ManagedResource.WROTE))
                                    .isPresent()));
        }

        private Optional<String> text(String part, String section, String half, String... path) {
            return observed.apply(part)
                    .flatMap(seen -> seen.body().object(section, half).text(path))
                    .filter(text -> !text.isEmpty());
        }
    }

    /**
     * The managed resource that is the cluster.
     *
     * @param name of the cluster
     * @param forProvider what is desired of it
     * @param atProvider what is observed of it
     */
    record Live(String name, Json.Obj forProvider, Json.Obj atProvider) {}

    /**
     * What the cluster says of itself.
     *
     * @param location the region or zone
     * @param version of Kubernetes that the cloud reports; empty before it has created the cluster
     * @param apiServer the address
     * @param connect a shell line that gets a person access, and after a {@code #} the right that it takes
     */
    record Facts(String location, Optional<String> version, Optional<String> apiServer, String connect) {}
}
