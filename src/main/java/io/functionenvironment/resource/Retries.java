package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import java.util.Optional;

/**
 * How often a failed release is rolled back and tried again. provider-helm 1.4.0 counts in {@code status.failed} and stops at the
 * limit. It sets the count to 0 once the release is deployed as desired, and at no other time ({@code release/release.go}). So
 * only a higher limit lets it go on without another chart or other values, and for a release that works a limit means nothing.
 *
 * @param limit of the count; none means never
 * @param requestedAt the request that raised the limit last, in the words of whoever made it
 */
public record Retries(Optional<Integer> limit, Optional<String> requestedAt) {
    public static final Retries NONE = new Retries(Optional.empty(), Optional.empty());

    static final String ANNOTATION = Tracking.PREFIX + "retry-requested-at";

    /**
     * A number of retries, and as many again for each other request.
     *
     * @param release as it exists
     */
    public static Retries of(int number, Optional<String> requestedAt, Optional<ObservedResource> release) {
        var failed = count(release, "status", "failed");
        var requested = requestedAt.isPresent()
                && release.filter(seen -> !seen.annotation(ANNOTATION).equals(requestedAt))
                        .isPresent();
        var limit = failed == 0
                ? number
                : requested ? failed + number : Math.max(number, count(release, "spec", "rollbackLimit"));
        return new Retries(Optional.of(limit), requestedAt);
    }

    private static int count(Optional<ObservedResource> release, String... path) {
        return release.flatMap(seen -> seen.body().number(path))
                .map(Double::intValue)
                .orElse(0);
    }

    static Retries read(ObservedResource release) {
        return new Retries(
                release.body().number("spec", "rollbackLimit").map(Double::intValue), release.annotation(ANNOTATION));
    }
}
