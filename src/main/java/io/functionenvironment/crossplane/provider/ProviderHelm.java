package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    private ProviderHelm() {}

    /** The revision of the Helm release; 0 if the chart was never installed. */
    public static double revision(ObservedResource release) {
        return release.body().number("status", "atProvider", "revision").orElse(0.0);
    }

    /** The version of the chart that is installed, which a digest does not show. */
    public static Optional<String> version(ObservedResource release) {
        return release.body().text("status", "atProvider", "version");
    }

    /** What its message contains while a Secret that it is to copy connection details from does not exist. */
    public static String secretMissing(String secret) {
        return "\"" + secret + "\" not found";
    }
}
