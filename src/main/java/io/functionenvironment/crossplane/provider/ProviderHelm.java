package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts about provider-helm 1.4.0. */
public final class ProviderHelm {
    public static final Gvk RELEASE = new Gvk("helm.m.crossplane.io/v1beta1", "Release");
    public static final Gvk PROVIDER_CONFIG = new Gvk("helm.m.crossplane.io/v1beta1", "ProviderConfig");

    /** What its messages contain while the way into a new cluster is not open yet. */
    public static final List<String> CLUSTER_NOT_REACHABLE_YET = List.of(
            "cluster unreachable", "cannot build kube client", "observe failed: failed to get last helm release");

    /** What a message ends with if a release failed too often. There may be a field that has it retried, too. */
    public static final String RETRIED_ONLY = "it is retried only when its chart or values change";

    /** What a message contains if a Secret or ConfigMap with values, or its key, does not exist. */
    public static final String VALUE_SOURCE_MISSING = "failed to get value from source";

    /** How long an installation takes at most before a short poll interval helps. It looks by itself right after one. */
    public static final Duration INSTALLING = Duration.ofMinutes(1);

    /** The interval for a Release that is not ready; by itself it looks every ten minutes. */
    public static final String SHORT_POLL = "10s";

    /** What messages begin with that quote values, and what to say instead. */
    private static final Map<String, String> QUOTING = Map.of(
            "failed parsing --set data",
            "Helm cannot read a name or value of set, or a name leads through a value that is not an object, which may come from"
                    + " valuesFrom; write a backslash before each comma, bracket, brace and backslash in set, or an object into"
                    + " valuesFrom",
            "failed to unmarshal desired values",
            "a Secret or ConfigMap in valuesFrom does not contain YAML with an object at the top");

    /** Words behind which a message may quote a value. */
    private static final List<String> MAY_QUOTE = List.of(
            "Invalid value",
            "Unsupported value",
            "Duplicate value",
            "values don't meet the specifications",
            "does not match",
            "is not valid",
            "execution error at",
            "error calling",
            "parsing",
            "unmarshal",
            "converting",
            "can't iterate over",
            "Not found:",
            "denied the request");

    private static final String NOT_SHOWN = " … (the rest is not shown, because it may contain values from a Secret)";

    private ProviderHelm() {}

    /** The revision of the Helm release; 0 if the chart was never installed. */
    public static double revision(ObservedResource release) {
        return release.body().number("status", "atProvider", "revision").orElse(0.0);
    }

    /** Whether Helm has finished the last operation without an error. */
    public static boolean deployed(ObservedResource release) {
        return release.body().text("status", "atProvider", "state").equals(Optional.of("deployed"));
    }

    /** Whether Helm has begun an operation that failed, or that was interrupted. */
    public static boolean failed(ObservedResource release) {
        return release.body()
                .text("status", "atProvider", "state")
                .filter(state -> !state.equals("deployed"))
                .isPresent();
    }

    /** The version of the chart that is installed, which a digest does not show. */
    public static Optional<String> version(ObservedResource release) {
        return release.body().text("status", "atProvider", "version");
    }

    /**
     * A message without parts of values. What Helm, a chart and the API server say of a value that they cannot use may contain it,
     * and the value may come from a Secret (provider-helm, {@code release/values.go}; Helm 4, {@code jsonschema}; Kubernetes,
     * {@code field/errors.go}).
     */
    static String withoutValues(ObservedResource release, String message) {
        for (var quoting : QUOTING.entrySet()) {
            var at = message.indexOf(quoting.getKey());
            if (at >= 0) {
                return message.substring(0, at) + quoting.getKey() + ": " + quoting.getValue();
            }
        }
        return readsSecrets(release) || isOlder(release)
                ? MAY_QUOTE.stream()
                        .filter(message::contains)
                        .min(Comparator.comparingInt(message::indexOf))
                        .map(words -> message.substring(0, message.indexOf(words)) + words + NOT_SHOWN)
                        .orElse(message)
                : message;
    }

    /** Whether what the provider reports is about an earlier Release, which may have read Secrets. */
    private static boolean isOlder(ObservedResource release) {
        var generation = release.body().number("metadata", "generation").orElse(0.0);
        return release.condition("Synced")
                .flatMap(Condition::generation)
                .filter(seen -> seen >= generation)
                .isEmpty();
    }

    private static boolean readsSecrets(ObservedResource release) {
        return references(release).anyMatch(source -> source.at("secretKeyRef").isPresent());
    }

    /** Whether values come from a Secret or ConfigMap, so that they may change although the Release does not. */
    public static boolean readsReferences(ObservedResource release) {
        return references(release).findAny().isPresent();
    }

    private static Stream<Json> references(ObservedResource release) {
        var forProvider = release.body().object("spec", "forProvider");
        return Stream.concat(
                forProvider.items("valuesFrom").stream(),
                forProvider.items("set").stream().flatMap(item -> item.at("valueFrom").stream()));
    }

    /** What its message contains while a Secret that it is to copy connection details from does not exist. */
    public static String secretMissing(String secret) {
        return "\"" + secret + "\" not found";
    }
}
