package io.functionenvironment.api.settings;

import java.util.List;

/**
 * Which objects teams may write into {@code spec.manifests}.
 *
 * @param kinds in the words of kubectl, such as {@code ConfigMap} or {@code Deployment.apps}; {@code *} stands for any kind of the
 *     core group, {@code *.apps} for any of a group, and {@code *.*} for any. Empty forbids manifests
 */
public record ManifestRules(List<String> kinds) {
    public static final ManifestRules ALL = new ManifestRules(List.of("*.*"));

    /** Whether a kind is allowed. */
    public boolean allow(String kind, String group) {
        var suffix = group.isEmpty() ? "" : "." + group;
        return kinds.contains("*.*") || kinds.contains(kind + suffix) || kinds.contains("*" + suffix);
    }

    /** What is allowed, in words. */
    public String allowed() {
        return kinds.isEmpty() ? "remove the manifest" : "use one of " + String.join(", ", kinds);
    }
}
