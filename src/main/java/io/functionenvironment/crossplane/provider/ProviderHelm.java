package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Facts about provider-helm 1.4.0. */
public final class ProviderHelm {
    public static final Gvk RELEASE = new Gvk("helm.m.crossplane.io/v1beta1", "Release");
    public static final Gvk PROVIDER_CONFIG = new Gvk("helm.m.crossplane.io/v1beta1", "ProviderConfig");

    /** What its messages contain while the way into a new cluster is not open yet. */
    public static final List<String> CLUSTER_NOT_REACHABLE_YET = List.of(
            "cluster unreachable", "cannot build kube client", "observe failed: failed to get last helm release");

    /** How long an installation takes at most before a short poll interval helps. It looks by itself right after one. */
    public static final Duration INSTALLING = Duration.ofMinutes(1);

    /** The interval for a Release that is not ready; by itself it looks every ten minutes. */
    public static final String SHORT_POLL = "10s";

    /** What messages begin with that quote values, and what to say instead. */
    private static final Map<String, String> QUOTING = Map.of(
            "failed parsing --set data",
            "Helm cannot read a value of set; write a backslash before each comma, bracket, brace and backslash in it, or"
                    + " use valuesFrom",
            "failed to unmarshal desired values",
            "a Secret or ConfigMap in valuesFrom does not contain YAML with an object at the top");

    /** What the API server says of a field: {@code Invalid value: "…": must be …}. */
    private static final Pattern INVALID_VALUE = Pattern.compile("Invalid value: (\"(\\\\.|[^\"\\\\])*\"|[^\\s:]+)");

    private ProviderHelm() {}

    /** The revision of the Helm release; 0 if the chart was never installed. */
    public static double revision(ObservedResource release) {
        return release.body().number("status", "atProvider", "revision").orElse(0.0);
    }

    /** Whether Helm has finished the last operation without an error. */
    public static boolean deployed(ObservedResource release) {
        return release.body().text("status", "atProvider", "state").equals(Optional.of("deployed"));
    }

    /** The version of the chart that is installed, which a digest does not show. */
    public static Optional<String> version(ObservedResource release) {
        return release.body().text("status", "atProvider", "version");
    }

    /**
     * A message without parts of values. What Helm and the API server say of a value that they cannot use contains it, and the
     * value may come from a Secret (provider-helm, {@code release/values.go}).
     */
    static String withoutValues(ObservedResource release, String message) {
        for (var quoting : QUOTING.entrySet()) {
            var at = message.indexOf(quoting.getKey());
            if (at >= 0) {
                return message.substring(0, at) + quoting.getKey() + ": " + quoting.getValue();
            }
        }
        return readsSecrets(release) ? INVALID_VALUE.matcher(message).replaceAll("Invalid value (not shown)") : message;
    }

    private static boolean readsSecrets(ObservedResource release) {
        var forProvider = release.body().object("spec", "forProvider");
        return forProvider.items("valuesFrom").stream()
                        .anyMatch(item -> item.at("secretKeyRef").isPresent())
                || forProvider.items("set").stream()
                        .anyMatch(item -> item.at("valueFrom", "secretKeyRef").isPresent());
    }

    /** What its message contains while a Secret that it is to copy connection details from does not exist. */
    public static String secretMissing(String secret) {
        return "\"" + secret + "\" not found";
    }
}
