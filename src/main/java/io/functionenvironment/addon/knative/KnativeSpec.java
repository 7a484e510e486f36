package io.functionenvironment.addon.knative;

import io.functionenvironment.api.app.RetryRequestReader;
import io.functionenvironment.api.settings.KnativeOffer;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an Environment requests of Knative.
 *
 * @param halves those that are on; at least one
 * @param domain for Knative Services
 * @param serviceType of the Service that requests from outside arrive at
 * @param version the minor version
 * @param retryRequestedAt what a failed release of the operator is retried for once more when it changes
 */
record KnativeSpec(
        List<Half> halves,
        Optional<String> domain,
        Optional<String> serviceType,
        Optional<String> version,
        Optional<String> retryRequestedAt) {
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

    /** Reads it; empty if it is off, or if there are errors. The XRD has the same rules. */
    static Optional<KnativeSpec> read(FieldReader at) {
        var before = at.errorCount();
        at.only(Set.of("enabled", "serving", "eventing", "version", RetryRequestReader.FIELD));
        var on = at.field("enabled").bool().orElse(false);
        var serving = at.field("serving").only(Set.of("enabled", "domain", "serviceType"));
        var eventing = at.field("eventing").only(Set.of("enabled"));
        var halves = new ArrayList<Half>();
        if (serving.field("enabled").bool().orElse(true)) {
            halves.add(Half.SERVING);
        }
        if (eventing.field("enabled").bool().orElse(false)) {
            halves.add(Half.EVENTING);
        }
        var spec = new KnativeSpec(
                List.copyOf(halves),
                serving.field("domain")
                        .text(DOMAIN, "a DNS name of lower case letters, digits, '-' and '.', like dev.example.org"),
                serviceType(serving.field("serviceType")),
                at.field("version").text(MINOR, "a minor version without a patch version, like \"1.23\""),
                RetryRequestReader.read(at));
        if (on && at.errorCount() == before && halves.isEmpty()) {
            at.error(
                    "is enabled, but serving and eventing are both off; set enabled of one of them to true, or enabled to"
                            + " false");
        }
        return Optional.of(spec).filter(ignored -> on && at.errorCount() == before);
    }

    private static Optional<String> serviceType(FieldReader at) {
        return at.text().filter(text -> {
            var valid = KnativeOffer.SERVICE_TYPES.contains(text);
            if (!valid) {
                at.error("is " + Redaction.of(text) + "; must be one of "
                        + String.join(", ", KnativeOffer.SERVICE_TYPES));
            }
            return valid;
        });
    }
}
