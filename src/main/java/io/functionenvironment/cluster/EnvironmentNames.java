package io.functionenvironment.cluster;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;

/**
 * Names that follow from an Environment's identity, for what Crossplane does not name. Part of the API: a change would abandon
 * what runs under the old ones.
 *
 * <p>The chart vcluster 0.36 names a ClusterRole {@code vc-<release>-v-<namespace>} and cuts it at 63 characters, so the two
 * together have at most 57: 16 and 41. Of the namespace's 41 the prefix has up to 10 and the hash 16.
 */
public record EnvironmentNames(Identity identity, String prefix) {
    private static final int RELEASE = 16;
    private static final int READABLE = 14;
    private static final int READABLE_NAME = 6;
    private static final int SECRET = 35;

    /** Unique in the host cluster, through the hash. */
    public String namespace() {
        return prefix + suffix();
    }

    /** The part of the namespace's name that does not depend on Settings. */
    public String suffix() {
        return readable() + "-" + identity.hash();
    }

    private String readable() {
        var namespace = words(identity.namespace());
        var name = words(identity.name());
        var whole = namespace + "-" + name;
        if (whole.length() <= READABLE) {
            return whole;
        }
        var start = cut(namespace, READABLE - 1 - Math.min(name.length(), READABLE_NAME));
        return start + "-" + cut(name, READABLE - 1 - start.length());
    }

    /** The release, and so the virtual cluster; it is alone in its namespace. A Service has its name. */
    public String release() {
        var name = words(identity.name());
        return cut(Character.isLetter(name.charAt(0)) ? name : "e" + name, RELEASE);
    }

    /**
     * The cluster at a cloud provider, and what belongs to it there; at most 32 characters. The uid tells Environments of one name
     * apart, because several host clusters may use one account, and a provider takes over what already has the name.
     */
    public String inCloud(String uid) {
        var hash = Digest.of(new Json.Text(identity.hash() + "/" + uid));
        var name = readable();
        return (Character.isLetter(name.charAt(0)) ? "" : "e") + name + "-" + hash;
    }

    /** Unique in the Environment's namespace, where other kinds of composite may have the same name. */
    public String kubeconfigSecret() {
        return cut(words(identity.name()), SECRET) + "-" + identity.hash() + "-kubeconfig";
    }

    /** Separators only count once, so that a name of many dashes leaves room for what can be read. */
    private static String words(String text) {
        return text.replaceAll("[-.]+", "-");
    }

    private static String cut(String text, int length) {
        var start = text.substring(0, Math.min(text.length(), length));
        return start.endsWith("-") ? start.substring(0, start.length() - 1) : start;
    }
}
