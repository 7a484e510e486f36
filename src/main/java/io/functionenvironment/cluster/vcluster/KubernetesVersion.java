package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Kubernetes version of a virtual cluster. It is never downgraded, and upgraded by one minor version at a time. */
final class KubernetesVersion {
    private static final Pattern MINOR = Pattern.compile("(?<![0-9])[0-9]++\\.[0-9]++");
    private static final String FIELD = "spec.kubernetesVersion";

    private KubernetesVersion() {}

    /**
     * The tag of the Kubernetes image: that of the requested version, or the current one, with an error, if that is not
     * possible. Empty if there is no cluster either.
     */
    static Optional<String> tag(Inputs inputs, Optional<Release> existing, FieldErrors errors) {
        var offer = inputs.settings().vcluster();
        // If somebody deleted the Release, the Environment's status still has the version.
        var current = existing.flatMap(
                        release -> VclusterValues.kubernetes(release.values().inline()))
                .or(() -> inputs.memory().kubernetesVersion().map(offer.kubernetesVersions()::get));
        var byPlatform = Optional.of(offer.kubernetesVersion())
                .filter(version -> current.isEmpty() || offer.explicit().kubernetesVersion())
                .filter(version -> current.isEmpty() || sameOrNext(current.get(), version));
        var requested = inputs.environment().kubernetesVersion().or(() -> byPlatform);
        if (requested.isEmpty()) {
            return current;
        }
        var minor = requested.get();
        if (!offer.kubernetesVersions().containsKey(minor)) {
            errors.add(
                    FIELD,
                    "is " + minor + "; must be one of "
                            + String.join(
                                    ", ",
                                    offer.kubernetesVersions().keySet().stream()
                                            .sorted()
                                            .toList()));
            return current;
        }
        if (current.isPresent() && !sameOrNext(current.get(), minor)) {
            var from = number(minor(current.get()));
            var next = "1." + (from + 1);
            errors.add(
                    FIELD,
                    "is " + minor + ", but the cluster runs 1." + from + ", which can only be upgraded, by one minor"
                            + " version at a time; request 1." + from
                            + (offer.kubernetesVersions().containsKey(next) ? " or " + next : ""));
            return current;
        }
        var tag = offer.kubernetesVersions().get(minor);
        var same = current.filter(old -> minor(old).equals(minor));
        return same.isPresent() && !offer.explicit().kubernetesVersions().contains(minor) ? same : Optional.of(tag);
    }

    /** The minor version of the cluster that a Release installs. */
    static Optional<String> of(Release release) {
        return VclusterValues.kubernetes(release.values().inline()).map(KubernetesVersion::minor);
    }

    /** The minor version of a tag: 1.35 of v1.35.2. */
    static String minor(String tag) {
        var parts = MINOR.matcher(tag);
        return parts.find() ? parts.group() : tag;
    }

    private static boolean sameOrNext(String currentTag, String minor) {
        var difference = number(minor) - number(minor(currentTag));
        return difference == 0 || difference == 1;
    }

    private static int number(String minor) {
        var digits = minor.substring(minor.indexOf('.') + 1);
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }
}
