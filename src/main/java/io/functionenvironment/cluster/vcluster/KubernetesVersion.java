package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which Kubernetes a virtual cluster runs: never older than before, and never a minor version skipped. */
final class KubernetesVersion {
    private static final Pattern MINOR = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final String FIELD = "spec.kubernetesVersion";

    private KubernetesVersion() {}

    /** Chooses the tag of its image; empty, with an error, if there is no cluster yet and none can be created. */
    static Optional<String> tag(Inputs inputs, Optional<Release> existing, FieldErrors errors) {
        var offer = inputs.settings().vcluster();
        // Without its Release, which somebody may have deleted, the Environment's status still shows what ran.
        var current = existing.flatMap(
                        release -> VclusterValues.kubernetes(release.values().inline()))
                .or(() -> inputs.memory().kubernetesVersion().map(offer.kubernetesVersions()::get));
        var asked = inputs.environment().kubernetesVersion();
        var platforms = Optional.of(offer.kubernetesVersion())
                .filter(version -> current.isEmpty() || offer.explicit().kubernetesVersion());
        var wanted = asked.or(() -> platforms.filter(version -> current.isEmpty() || step(current.get(), version)));
        if (wanted.isEmpty()) {
            return current;
        }
        var minor = wanted.get();
        if (!offer.kubernetesVersions().containsKey(minor)) {
            errors.add(
                    FIELD,
                    "is " + minor + ", must be one of "
                            + String.join(
                                    ", ",
                                    offer.kubernetesVersions().keySet().stream()
                                            .sorted()
                                            .toList()));
            return current;
        }
        if (current.isPresent() && !step(current.get(), minor)) {
            var from = number(minor(current.get()));
            errors.add(
                    FIELD,
                    "is " + minor + ", but the cluster runs 1." + from + ": it can stay, or go to 1." + (from + 1));
            return current;
        }
        var tag = offer.kubernetesVersions().get(minor);
        var same = current.filter(old -> minor(old).equals(minor));
        return same.isPresent() && !offer.explicit().kubernetesVersions().contains(minor) ? same : Optional.of(tag);
    }

    /** The minor version of a tag: 1.35 of v1.35.2. */
    static String minor(String tag) {
        var parts = MINOR.matcher(tag);
        return parts.find() ? parts.group() : tag;
    }

    private static boolean step(String currentTag, String minor) {
        var by = number(minor) - number(minor(currentTag));
        return by == 0 || by == 1;
    }

    private static int number(String minor) {
        var digits = minor.substring(minor.indexOf('.') + 1);
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }
}
