package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;

/**
 * Labels of a namespace that choose its pod security standard. The cluster of an Environment sets them on every namespace (vcluster
 * 0.36, {@code policies.podSecurityStandard}), so that whoever sets others would do so again and again.
 */
public final class PodSecurityLabels {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private PodSecurityLabels() {}

    /** Reports them among labels. */
    public static void refuse(FieldReader labels) {
        if (labels.entries().keySet().stream().anyMatch(key -> key.startsWith(ENFORCE))) {
            labels.error("has a key " + ENFORCE
                    + ", which the platform sets on every namespace; remove it (the labels for warn and audit are"
                    + " allowed)");
        }
    }
}
