package io.functionenvironment.addon.knative;

import io.functionenvironment.api.settings.KnativeOffer;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The version of Knative. It is never downgraded, and upgraded by one minor version at a time: the operator refuses to skip one.
 *
 * @param kubernetes the minor version of the cluster; empty if it is not known
 */
record KnativeVersion(KnativeOffer offer, Observed observed, Optional<String> kubernetes) {
    private static final String FIELD = Knative.FIELD + ".version";
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{1,4}");

    /** The version to install; empty, with an error, if what is requested is not possible. */
    Optional<String> of(KnativeSpec spec, FieldErrors errors) {
        var wanted = requested();
        var byPlatform = Optional.of(offer.version())
                .filter(version -> wanted.isEmpty()
                        || (offer.explicit().version()
                                && follows(version)
                                && lacking(version).isEmpty()));
        var version = spec.version().or(() -> byPlatform).or(() -> wanted).orElseThrow();
        if (spec.version().isPresent() && !offer.versions().containsKey(version)) {
            errors.add(FIELD, "is " + version + "; must be one of " + offered(other -> true));
            return Optional.empty();
        }
        if (!follows(version)) {
            errors.add(
                    FIELD,
                    "is " + version + ", but Knative " + installed().orElseThrow()
                            + " is installed, which can only be upgraded, by one minor version at a time; request one of "
                            + offered(this::follows));
            return Optional.empty();
        }
        var lacking = lacking(version);
        lacking.ifPresent(least -> errors.add(
                spec.version().isPresent() ? FIELD : Knative.FIELD,
                "requires Kubernetes " + least + " for Knative " + version + ", but the cluster has Kubernetes "
                        + kubernetes.orElse("") + "; set spec.kubernetesVersion to \"" + least + "\" or a later version"
                        + choices()));
        return lacking.isPresent() ? Optional.empty() : Optional.of(version);
    }

    private String choices() {
        var fitting = offered(other -> follows(other) && lacking(other).isEmpty());
        return fitting.isEmpty() ? "" : ", or " + FIELD + " to one of " + fitting;
    }

    private String offered(Predicate<String> which) {
        return String.join(
                ", ",
                offer.versions().keySet().stream()
                        .filter(which)
                        .sorted(Comparator.comparingInt(KnativeVersion::number))
                        .toList());
    }

    /** The least version of Kubernetes, if the cluster has an older one. */
    private Optional<String> lacking(String version) {
        return Optional.ofNullable(offer.versions().get(version))
                .filter(least ->
                        kubernetes.filter(has -> number(has) < number(least)).isPresent());
    }

    private boolean follows(String version) {
        return installed()
                .map(from -> number(version) - number(from))
                .filter(steps -> steps < 0 || steps > 1)
                .isEmpty();
    }

    /** What the custom resources request; the older one if they differ. */
    private Optional<String> requested() {
        return least(object -> object.body()
                .text("spec", "forProvider", "manifest", "spec", "version")
                .filter(version -> MINOR.matcher(version).matches()));
    }

    /** What runs. The operator reports it once all of it is installed; before that, it is what it was told to install. */
    private Optional<String> installed() {
        return least(object -> installed(ProviderKubernetes.manifest(object))
                .or(() -> object.body().text("spec", "forProvider", "manifest", "spec", "version"))
                .map(KnativeVersion::minor)
                .filter(version -> !version.isEmpty()));
    }

    /** The patch version that a custom resource reports. */
    static Optional<String> installed(Json.Obj manifest) {
        return manifest.text("status", "version");
    }

    private Optional<String> least(Function<ObservedResource, Optional<String>> version) {
        return Arrays.stream(Half.values())
                .flatMap(half -> observed.get(half.component()).stream())
                .flatMap(object -> version.apply(object).stream())
                .min(Comparator.comparingInt(KnativeVersion::number));
    }

    private static String minor(String version) {
        var found = MINOR.matcher(version);
        return found.find() ? found.group() : "";
    }

    private static int number(String minor) {
        var digits = minor.substring(minor.indexOf('.') + 1);
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }
}
