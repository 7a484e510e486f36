package io.functionenvironment.cluster.cloud;

import io.functionenvironment.json.FieldErrors;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of Kubernetes that is requested of a cloud. Whether it offers the version, only the cloud knows. No cloud downgrades
 * a cluster, or skips a minor version. Each upgrades clusters whose version is too old for it, without being asked.
 *
 * @param requested what the cluster's managed resource requests now
 * @param running the minor version that the cloud reports; empty before it has created the cluster
 * @param minimum whether the cloud takes a requested version as the least one
 */
record CloudVersion(Optional<String> requested, Optional<String> running, boolean minimum) {
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
        if (running.isEmpty()) {
            return wanted;
        }
        // What the provider filled in is requested of the cloud, too, even if nobody else requests it.
        if (wanted.isEmpty()) {
            return running.filter(ignored -> behind());
        }
        if (wanted.equals(requested) && !behind()) {
            return wanted;
        }
        var difference = number(wanted.get()) - number(running.get());
        // What runs satisfies an earlier minimum, so the provider upgrades nothing.
        if (difference == 0 || difference == 1 || (minimum && difference < 0)) {
            return wanted;
        }
        errors.add(
                byTeam.isPresent() ? "spec.kubernetesVersion" : "spec.size",
                (byTeam.isPresent() ? "is " : "is a size with Kubernetes ") + wanted.get() + ", but the cluster runs "
                        + running.get()
                        + ", which can only be upgraded, by one minor version at a time; request "
                        + running.get() + " or 1." + (number(running.get()) + 1));
        return behind() ? running : requested;
    }

    /** Whether what is requested now is a downgrade, which the provider would try again and again. */
    private boolean behind() {
        return !minimum
                && requested
                        .flatMap(CloudVersion::minor)
                        .filter(minor -> number(minor) < number(running.orElse(minor)))
                        .isPresent();
    }

    private static int number(String minor) {
        return Integer.parseInt(minor.substring(minor.indexOf('.') + 1));
    }
}
