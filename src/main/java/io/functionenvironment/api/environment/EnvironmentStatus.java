package io.functionenvironment.api.environment;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The status of an Environment. Crossplane passes it back with the next call, so it is also this function's only memory:
 * {@link Memory} is what a later call reads.
 *
 * @param summary one sentence
 * @param cluster empty if no cluster is planned
 * @param connect a shell command that opens a connection, followed by {@code #} and the right that it requires
 * @param sections what add-ons report, each in a field of its own
 * @param removing the components that are being removed
 * @param configRequired whether nothing may change from now on while the EnvironmentConfig is missing; empty if that was never so
 */
public record EnvironmentStatus(
        String summary,
        Optional<Cluster> cluster,
        Optional<String> connect,
        List<Json.Field> sections,
        List<Removing> removing,
        Optional<Boolean> configRequired) {

    /**
     * The cluster.
     *
     * @param name of its Helm release, for a virtual cluster
     * @param namespace in the host cluster, for a virtual cluster; empty for a cluster at a cloud provider
     * @param kubernetesVersion the minor version
     * @param chartVersion the version of the chart that installs the cluster, for a virtual cluster
     * @param apiServer the address in the kubeconfig; empty if it is not known
     * @param kubeconfigSecret the name of the Secret with the kubeconfig, in the Environment's namespace; empty if teams get none
     * @param bill what is paid for, at a cloud provider
     */
    public record Cluster(
            String type,
            String name,
            String namespace,
            Optional<String> kubernetesVersion,
            Optional<String> chartVersion,
            Optional<String> apiServer,
            Optional<String> kubeconfigSecret,
            Optional<Bill> bill) {

        /** A cluster that no cloud provider has. */
        public Cluster(
                String type,
                String name,
                String namespace,
                Optional<String> kubernetesVersion,
                Optional<String> chartVersion,
                Optional<String> apiServer,
                Optional<String> kubeconfigSecret) {
            this(type, name, namespace, kubernetesVersion, chartVersion, apiServer, kubeconfigSecret, Optional.empty());
        }
    }

    /**
     * What is paid for, at a cloud provider.
     *
     * @param location the region or zone
     * @param resources how many managed resources stand for something that costs money
     * @param nodes how many nodes there are, such as {@code 3} or {@code 1 to 5}; empty if that is not known
     * @param pricePerHour by the prices that the platform states; empty if it states none
     */
    public record Bill(String location, int resources, Optional<String> nodes, Optional<String> pricePerHour) {
        private Stream<Json.Field> fields() {
            return Stream.of(
                    field("location", location),
                    field("billableResources", resources),
                    text("nodes", nodes),
                    text("pricePerHour", pricePerHour));
        }
    }

    /**
     * A component that is being removed. Crossplane stops tracking it once it is no longer desired.
     *
     * @param name the name of the app or add-on that owns it
     * @param message its state, as the rest of a sentence that begins with the name
     */
    public record Removing(String name, String component, String apiVersion, String kind, String message) {}

    /**
     * What an earlier call wrote and a later one needs.
     *
     * @param kubernetesVersion the minor version of the cluster, in case its Release was deleted
     * @param chartVersion the version of its chart, likewise
     */
    public record Memory(
            Optional<String> kubernetesVersion,
            Optional<String> chartVersion,
            List<Removing> removing,
            boolean configRequired) {}

    private static final String CONFIG_REQUIRED = "environmentConfigRequired";

    /** The key of the kubeconfig in its Secret. */
    public static final String KUBECONFIG_KEY = "kubeconfig";

    /** Reads the memory from a composite. A field that is missing or malformed counts as never written. */
    public static Memory read(Json composite) {
        var cluster = composite.object("status", "cluster");
        return new Memory(
                cluster.text("kubernetesVersion"),
                cluster.text("chartVersion")
                        .filter(version -> ChartReader.VERSION.matcher(version).matches()),
                composite.items("status", "removing").stream()
                        .flatMap(EnvironmentStatus::removing)
                        .toList(),
                composite.isTrue("status", CONFIG_REQUIRED));
    }

    private static Stream<Removing> removing(Json item) {
        return item.text("component").stream()
                .map(component -> new Removing(
                        item.text("name").orElse(component),
                        component,
                        item.text("apiVersion").orElse(""),
                        item.text("kind").orElse(""),
                        item.text("message").orElse("")));
    }

    /** The content of the field {@code status}. */
    public Json.Obj json() {
        return obj(Stream.of(
                        Stream.of(
                                field("summary", summary),
                                field("cluster", cluster.map(EnvironmentStatus::cluster)),
                                field(
                                        "kubeconfig",
                                        cluster.flatMap(Cluster::kubeconfigSecret)
                                                .map(secret -> obj(
                                                        field("secretName", secret), field("key", KUBECONFIG_KEY)))),
                                text("connect", connect)),
                        sections.stream(),
                        Stream.of(
                                field(
                                        "removing",
                                        removing.stream()
                                                .map(EnvironmentStatus::removal)
                                                .toList()),
                                field(CONFIG_REQUIRED, configRequired.map(Json.Bool::new))))
                .flatMap(fields -> fields)
                .toArray(Json.Field[]::new));
    }

    private static Json.Obj cluster(Cluster cluster) {
        return obj(Stream.concat(
                        Stream.of(
                                field("type", cluster.type),
                                field("name", cluster.name),
                                text("namespace", Optional.of(cluster.namespace).filter(name -> !name.isEmpty())),
                                text("kubernetesVersion", cluster.kubernetesVersion),
                                text("chartVersion", cluster.chartVersion),
                                text("apiServer", cluster.apiServer)),
                        cluster.bill.stream().flatMap(Bill::fields))
                .toArray(Json.Field[]::new));
    }

    private static Json.Obj removal(Removing item) {
        return obj(
                field("name", item.name),
                field("message", item.message),
                field("component", item.component),
                field("apiVersion", item.apiVersion),
                field("kind", item.kind));
    }
}
