package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.cluster.ClusterTarget.ServiceNames;
import io.functionenvironment.json.Digest;

/**
 * What vcluster calls Services in the host namespace (vcluster 0.36.1, {@code pkg/util/translate}: {@code SingleNamespaceHostName},
 * {@code SafeConcatName}).
 *
 * @param namespace the host namespace
 * @param vcluster the name of the virtual cluster, which is that of its Helm release
 */
record SyncedServices(String namespace, String vcluster) implements ServiceNames {
    private static final int LONGEST = 63;
    private static final int KEPT = 52;
    private static final int DIGITS = 10;

    @Override
    public String name(String in, String service) {
        var name = String.join("-", service, "x", in, "x", vcluster);
        return name.length() <= LONGEST
                ? name
                : name.substring(0, KEPT) + "-" + Digest.sha256(name).substring(0, DIGITS);
    }
}
