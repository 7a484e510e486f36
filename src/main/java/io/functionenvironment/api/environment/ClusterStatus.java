package io.functionenvironment.api.environment;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cluster of an Environment, in its status.
 *
 * @param name of its Helm release, for a virtual cluster
 * @param namespace in the host cluster, for a virtual cluster; empty for a cluster at a cloud provider
 * @param kubernetesVersion the minor version
 * @param chartVersion the version of the chart that installs the cluster, for a virtual cluster
 * @param apiServer the address in the kubeconfig; empty if it is not known
 * @param kubeconfigSecret the name of the Secret with the kubeconfig, in the Environment's namespace; empty if teams get none
 * @param securityFix what a later call changes although nobody requests it; mostly empty
 * @param bill what is paid for, at a cloud provider
 */
public record ClusterStatus(
        String type,
        String name,
        String namespace,
        Optional<String> kubernetesVersion,
        Optional<String> chartVersion,
        Optional<String> apiServer,
        Optional<String> kubeconfigSecret,
        Optional<SecurityFix> securityFix,
        Optional<Bill> bill) {

    public ClusterStatus(
            String type,
            String name,
            String namespace,
            Optional<String> kubernetesVersion,
            Optional<String> chartVersion,
            Optional<String> apiServer,
            Optional<String> kubeconfigSecret) {
        this(
                type,
                name,
                namespace,
                kubernetesVersion,
                chartVersion,
                apiServer,
                kubeconfigSecret,
                Optional.empty(),
                Optional.empty());
    }

    public ClusterStatus announcing(Optional<SecurityFix> fix) {
        return new ClusterStatus(
                type, name, namespace, kubernetesVersion, chartVersion, apiServer, kubeconfigSecret, fix, bill);
    }

    public ClusterStatus billed(Bill some) {
        return new ClusterStatus(
                type,
                name,
                namespace,
                kubernetesVersion,
                chartVersion,
                apiServer,
                kubeconfigSecret,
                securityFix,
                Optional.of(some));
    }

    Json.Obj json() {
        return obj(Stream.concat(
                        Stream.of(
                                field("type", type),
                                field("name", name),
                                text("namespace", Optional.of(namespace).filter(some -> !some.isEmpty())),
                                text("kubernetesVersion", kubernetesVersion),
                                text("chartVersion", chartVersion),
                                text("apiServer", apiServer),
                                field(
                                        "securityFix",
                                        securityFix.map(fix -> obj(
                                                field("message", fix.message),
                                                text("after", fix.after.map(Instant::toString)))))),
                        bill.stream().flatMap(Bill::fields))
                .toArray(Json.Field[]::new));
    }

    /**
     * A security fix of what a running cluster keeps otherwise.
     *
     * @param message what it does
     * @param after when it is applied; empty if the platform holds it back
     */
    public record SecurityFix(String message, Optional<Instant> after) {}

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
}
