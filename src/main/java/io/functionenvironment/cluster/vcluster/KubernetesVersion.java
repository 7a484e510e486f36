package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which Kubernetes a virtual cluster runs: never older than before, and never a minor version skipped. */
final class KubernetesVersion {
    private static final Pattern MINOR = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final String FIELD = "spec.kubernetesVersion";

    private KubernetesVersion() {}

    /** Chooses the tag of its image; empty, with a fault, if there is no cluster yet and none can be made */
    static Optional<String> tag(
            Environment environment,
            Settings settings,
            Optional<Release> existing,
            Json composite,
            FieldErrors errors) {
        var offer = settings.vcluster();
        // Without its Release, which somebody may have deleted, the Environment itself still knows what ran.
        var current = existing.flatMap(KubernetesVersion::of)
                .or(() ->
                        composite.text("status", "cluster", "kubernetesVersion").map(offer.kubernetesVersions()::get));
        var asked = environment.kubernetesVersion();
        var platforms = Optional.of(offer.kubernetesVersion())
                .filter(version -> current.isEmpty() || settings.say("vcluster", "kubernetesVersion"));
        var wanted = asked.or(() -> platforms.filter(version -> current.isEmpty() || step(current.get(), version)));
        if (wanted.isEmpty()) {
            return current;
        }
        var minor = wanted.get();
        if (!offer.kubernetesVersions().containsKey(minor)) {
            errors.add(new FieldError(
                    FIELD,
                    "is " + minor + ", must be one of "
                            + String.join(
                                    ", ",
                                    offer.kubernetesVersions().keySet().stream()
                                            .sorted()
                                            .toList())));
            return current;
        }
        if (current.isPresent() && !step(current.get(), minor)) {
            var from = number(minor(current.get()));
            errors.add(new FieldError(
                    FIELD,
                    "is " + minor + ", but the cluster runs 1." + from + ": it can stay, or go to 1." + (from + 1)));
            return current;
        }
        var tag = offer.kubernetesVersions().get(minor);
        var same = current.filter(old -> minor(old).equals(minor));
        return same.isPresent() && !settings.say("vcluster", "kubernetesVersions", minor) ? same : Optional.of(tag);
    }

    /** The tag that a cluster was made with. */
    static Optional<String> of(Release release) {
        return VclusterValues.kubernetes(release.values());
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
