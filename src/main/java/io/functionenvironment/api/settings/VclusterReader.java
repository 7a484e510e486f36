package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.ChartErrors;
import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the Settings of virtual clusters. */
final class VclusterReader {
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Pattern TAG = Pattern.compile("v1\\.[0-9]{2}\\.[0-9]+(-[-0-9A-Za-z.]+)?");
    private static final Pattern REGISTRY =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9][-a-z0-9._]*)*");
    private static final Set<String> STANDARDS = Set.of("privileged", "baseline", "restricted");

    private static final int MAX_SECRETS = 8;
    private static final String CHART_VERSION_ALLOWED = "an exact version like 0.36.1, not a range";

    private VclusterReader() {}

    static VclusterOffer read(FieldReader at, Json.Obj explicit) {
        at.only(Set.of(
                "chart",
                "kubernetesVersion",
                "kubernetesVersions",
                "imageRegistry",
                "imagePullSecrets",
                "isolation",
                "oidc",
                "values"));
        var chart = at.field("chart")
                .required("an object with the repository and version of the vcluster chart")
                .only(Set.of("repository", "version", "digest", "pullSecretRef"));
        if (chart.present()) {
            chart.field("repository").required(ChartReader.REPOSITORY_ALLOWED);
            chart.field("version").required(CHART_VERSION_ALLOWED);
        }
        var repository = chart.field("repository")
                .text(ChartReader.REPOSITORY, ChartReader.REPOSITORY_ALLOWED, ChartErrors::repository);
        var digest = ChartReader.digest(chart, repository);
        if (digest.isPresent() && explicit.at("chart", "version").isEmpty()) {
            // provider-helm 1.4 compares the installed version with the version, whatever the digest is.
            chart.field("digest").error("is set without version; set version to that of the chart with this digest");
        }
        var versions = versions(at.field("kubernetesVersions"));
        var version = at.field("kubernetesVersion")
                .required("one of the keys of kubernetesVersions")
                .text(MINOR, "a minor version without a patch version, like \"1.35\"");
        var offered = at.field("kubernetesVersions").entries().keySet();
        if (version.isPresent() && !offered.isEmpty() && !offered.contains(version.get())) {
            at.field("kubernetesVersion")
                    .error("is " + version.get() + "; must be one of the keys of kubernetesVersions: "
                            + String.join(
                                    ", ", versions.keySet().stream().sorted().toList()));
        }
        var isolation = at.field("isolation").only(Set.of("podSecurity", "networkPolicy", "openAddresses", "quota"));
        return new VclusterOffer(
                repository.orElse(""),
                chart.field("version")
                        .text(ChartReader.VERSION, CHART_VERSION_ALLOWED, ChartErrors::version)
                        .orElse(""),
                digest,
                ChartReader.pullSecret(chart),
                version.orElse(""),
                versions,
                at.field("imageRegistry").text(REGISTRY, "the host of a registry, optionally with a port and a path"),
                pullSecrets(at.field("imagePullSecrets")),
                standard(isolation.field("podSecurity")),
                isolation.field("networkPolicy").bool().orElse(true),
                AddressBlocks.read(isolation.field("openAddresses")),
                isolation.field("quota").bool().orElse(true),
                OidcReader.read(at.field("oidc")),
                VclusterValuesReader.read(at.field("values")),
                explicit(explicit));
    }

    private static List<String> pullSecrets(FieldReader at) {
        var allowed = AppReader.allowedName("Secret");
        return at.items(MAX_SECRETS).stream()
                .map(item -> item.required("an object with name").only(Set.of("name")))
                .filter(item -> item.object().isPresent())
                .flatMap(item -> item.field("name").required(allowed).text(AppReader.OBJECT, allowed).stream())
                .distinct()
                .toList();
    }

    private static VclusterOffer.Explicit explicit(Json.Obj explicit) {
        return new VclusterOffer.Explicit(
                explicit.at("chart", "repository").isPresent(),
                explicit.at("chart", "version").isPresent(),
                explicit.at("kubernetesVersion").isPresent(),
                Set.copyOf(explicit.object("kubernetesVersions").fields().keySet()),
                explicit.at("values", "controlPlane").isPresent(),
                explicit);
    }

    /** The image tags by minor version; at least one. */
    private static Map<String, String> versions(FieldReader at) {
        var versions = new LinkedHashMap<String, String>();
        var entries =
                at.required("an object of minor versions and their image tags").entries();
        if (entries.isEmpty() && at.value() instanceof Json.Obj) {
            at.error("is empty; must have at least one minor version and its image tag");
        }
        entries.forEach((minor, tag) -> {
            if (!MINOR.matcher(minor).matches()) {
                at.error("has the key " + Redaction.of(minor) + "; must have minor versions like 1.35 as keys");
                return;
            }
            tag.text(TAG, "an image tag like v" + minor + ".0")
                    .filter(text -> {
                        var matches = text.startsWith("v" + minor + ".");
                        if (!matches) {
                            tag.error("is " + Redaction.of(text) + "; must be a tag of Kubernetes " + minor);
                        }
                        return matches;
                    })
                    .ifPresent(text -> versions.put(minor, text));
        });
        return Map.copyOf(versions);
    }

    private static String standard(FieldReader at) {
        return at.text()
                .filter(text -> {
                    var valid = STANDARDS.contains(text);
                    if (!valid) {
                        at.error("is " + Redaction.of(text) + "; must be privileged, baseline or restricted");
                    }
                    return valid;
                })
                .orElse("baseline");
    }
}
