package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Identity;

/**
 * Names that follow from an Environment's identity, for what is not named by Crossplane. Part of the API: a change would
 * abandon what runs under the old ones.
 *
 * <p>The vcluster chart names a ClusterRole {@code vc-<release>-v-<namespace>} and cuts it at 63 characters, so the two
 * together have at most 57: 18 and 39.
 */
record Names(Identity identity, String prefix) {
    private static final int RELEASE = 18;
    private static final int READABLE = 20;
    private static final int SECRET = 40;

    /** Unique in the host cluster, through the hash. */
    String namespace() {
        return prefix + suffix();
    }

    /** All of the namespace's name that does not depend on Settings. */
    String suffix() {
        return cut(identity.namespace() + "-" + identity.name(), READABLE) + "-" + identity.hash();
    }

    /** The release, and so the virtual cluster; it is alone in its namespace. A Service is called after it. */
    String release() {
        var name = cut(identity.name().replace('.', '-'), RELEASE);
        return Character.isLetter(name.charAt(0)) ? name : cut("e" + name, RELEASE);
    }

    /** Unique in the Environment's namespace, where other kinds of Environment may have the same name. */
    String kubeconfigSecret() {
        return cut(identity.name(), SECRET) + "-" + identity.hash() + "-kubeconfig";
    }

    private static String cut(String text, int most) {
        var end = Math.min(text.length(), most);
        while (!Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).replace('.', '-');
    }
}
