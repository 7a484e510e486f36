package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import java.time.Duration;
import java.util.List;

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

    /** What its message contains while a Secret that it is to copy connection details from does not exist. */
    public static String secretMissing(String secret) {
        return "\"" + secret + "\" not found";
    }
}
