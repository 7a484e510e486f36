package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.util.List;

/**
 * Labels of a namespace that choose its pod security standard. The cluster of an Environment sets them on every namespace (vcluster
 * 0.36, {@code policies.podSecurityStandard}), so that whoever sets others would do so again and again.
 */
public final class PodSecurityLabels {
    private static final List<String> KEYS =
            List.of("pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/enforce-version");

    private PodSecurityLabels() {}

    /** Reports them among labels. */
    public static void refuse(FieldReader labels) {
        KEYS.stream()
                .filter(labels::has)
                .forEach(key -> labels.error("has the key " + key
                        + ", which the platform sets on every namespace; remove it (the labels for warn and audit are"
                        + " allowed)"));
    }
}
