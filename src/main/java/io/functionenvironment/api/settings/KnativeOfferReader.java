package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how Knative is installed. */
final class KnativeOfferReader {
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final String MINOR_ALLOWED = "a minor version without a patch version, like \"1.23\"";
    private static final String IMAGE_NAME = "${NAME}";
    private static final Pattern TEMPLATE = Pattern.compile("(?=\\S{1,512}$).*" + Pattern.quote(IMAGE_NAME) + ".*");
    private static final Pattern IMAGE = Pattern.compile("\\S{1,512}");

    private KnativeOfferReader() {}

    static KnativeOffer read(FieldReader at, Json.Obj explicit) {
        at.only(Set.of("allowed", "chart", "values", "version", "versions", "serviceType", "serving", "eventing"));
        var versions = versions(at.field("versions"));
        var version =
                at.field("version").required("one of the keys of versions").text(MINOR, MINOR_ALLOWED);
        var offered = at.field("versions").entries().keySet();
        version.filter(some -> !offered.isEmpty() && !offered.contains(some))
                .ifPresent(some -> at.field("version")
                        .error("is " + some + "; must be one of the keys of versions: " + String.join(", ", offered)));
        ExactNumbers.check(at.field("values"));
        return new KnativeOffer(
                at.field("allowed").bool().orElse(true),
                ChartReader.complete(at.field("chart")),
                at.field("values").object().orElse(Json.Obj.EMPTY),
                version.orElse(""),
                versions,
                serviceType(at.field("serviceType")),
                registry(at.field("serving")),
                registry(at.field("eventing")),
                new KnativeOffer.Explicit(
                        explicit.at("chart").isPresent(), explicit.at("version").isPresent()));
    }

    private static String serviceType(FieldReader at) {
        return at.text()
                .filter(text -> {
                    var valid = KnativeOffer.SERVICE_TYPES.contains(text);
                    if (!valid) {
                        at.error("is " + Redaction.of(text) + "; must be one of "
                                + String.join(", ", KnativeOffer.SERVICE_TYPES));
                    }
                    return valid;
                })
                .orElse("ClusterIP");
    }

    private static Map<String, String> versions(FieldReader at) {
        var versions = new LinkedHashMap<String, String>();
        var entries = at.required("an object of minor versions of Knative, each with one of Kubernetes")
                .entries();
        if (entries.isEmpty() && at.value() instanceof Json.Obj) {
            at.error("is empty; must have at least one minor version of Knative, with the least one of Kubernetes");
        }
        entries.forEach((minor, least) -> {
            if (!MINOR.matcher(minor).matches()) {
                at.error("has the key " + Redaction.of(minor) + "; must have minor versions like 1.23 as keys");
            } else {
                least.required("the least minor version of Kubernetes, like \"1.34\"")
                        .text(MINOR, "the least minor version of Kubernetes, like \"1.34\"")
                        .ifPresent(text -> versions.put(minor, text));
            }
        });
        return Map.copyOf(versions);
    }

    /** In the form of the field registry of a custom resource. */
    private static Json.Obj registry(FieldReader half) {
        half.only(Set.of("registry"));
        var at = half.field("registry").only(Set.of("default", "override"));
        at.field("default")
                .text(
                        TEMPLATE,
                        "the address of an image with " + IMAGE_NAME + " in the place of its name, like"
                                + " registry.example.org/knative/" + IMAGE_NAME + ":v1.23.0");
        at.field("override")
                .entries()
                .values()
                .forEach(image -> image.required("the address of an image").text(IMAGE, "the address of an image"));
        return at.object().orElse(Json.Obj.EMPTY);
    }
}
