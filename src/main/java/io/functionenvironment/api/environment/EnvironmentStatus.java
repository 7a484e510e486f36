package io.functionenvironment.api.environment;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
        Optional<ClusterStatus> cluster,
        Optional<String> connect,
        List<Json.Field> sections,
        List<Removing> removing,
        Optional<Boolean> configRequired) {

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
     * @param securityFixAfter when the security fix is applied that an earlier call announced
     */
    public record Memory(
            Optional<String> kubernetesVersion,
            Optional<String> chartVersion,
            Optional<Instant> securityFixAfter,
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
                cluster.object("securityFix").text("after").flatMap(EnvironmentStatus::time),
                composite.items("status", "removing").stream()
                        .flatMap(EnvironmentStatus::removing)
                        .toList(),
                composite.isTrue("status", CONFIG_REQUIRED));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
                                field("cluster", cluster.map(ClusterStatus::json)),
                                field(
                                        "kubeconfig",
                                        cluster.flatMap(ClusterStatus::kubeconfigSecret)
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

    private static Json.Obj removal(Removing item) {
        return obj(
                field("name", item.name),
                field("message", item.message),
                field("component", item.component),
                field("apiVersion", item.apiVersion),
                field("kind", item.kind));
    }
}
