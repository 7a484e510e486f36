package io.functionenvironment.cluster.cloud;

import io.functionenvironment.json.FieldErrors;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of Kubernetes that is requested of a cloud. Whether it offers the version, only the cloud knows. No cloud downgrades
 * a cluster, or skips a minor version; Google's may be ahead of what was requested.
 *
 * @param requested what the cluster's managed resource requests now
 * @param running the minor version that the cloud reports; empty before it has created the cluster
 */
record CloudVersion(Optional<String> requested, Optional<String> running) {
    private static final Pattern MINOR = Pattern.compile("^v?(1\\.[0-9]{1,4})\\b.*");

    /** The minor version of a version of whatever form. */
    static Optional<String> minor(String version) {
        var matcher = MINOR.matcher(version);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * The version to request: the present one, with an error, if another is not possible.
     *
     * @param byTeam requested in the Environment, which wins
     * @param bySize requested in its size
     */
    Optional<String> decide(Optional<String> byTeam, Optional<String> bySize, FieldErrors errors) {
        var wanted = byTeam.or(() -> bySize);
        // Before the cloud has created a cluster, any version is possible, also an earlier one than it refused.
        if (wanted.isEmpty() || wanted.equals(requested) || running.isEmpty()) {
            return wanted.or(() -> requested);
        }
        var difference = number(wanted.get()) - number(running.get());
        if (difference == 0 || difference == 1) {
            return wanted;
        }
        errors.add(
                byTeam.isPresent() ? "spec.kubernetesVersion" : "spec.size",
                (byTeam.isPresent() ? "is " : "is a size with Kubernetes ") + wanted.get() + ", but the cluster runs "
                        + running.get()
                        + ", which can only be upgraded, by one minor version at a time; request "
                        + running.get() + " or 1." + (number(running.get()) + 1));
        return requested;
    }

    private static int number(String minor) {
        return Integer.parseInt(minor.substring(minor.indexOf('.') + 1));
    }
}
