package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how virtual clusters are made. */
final class VclusterReader {
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Pattern TAG = Pattern.compile("v1\\.[0-9]{2}\\.[0-9]+(-[-0-9A-Za-z.]+)?");
    private static final Pattern REGISTRY =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9][-a-z0-9._]*)*");
    private static final Set<String> STANDARDS = Set.of("privileged", "baseline", "restricted");

    private static final Set<Json> OFF = Set.of(new Json.Bool(false), new Json.Text("false"));

    private VclusterReader() {}

    static VclusterOffer read(FieldReader at, Json.Obj explicit) {
        at.only(Set.of("chart", "kubernetesVersion", "kubernetesVersions", "imageRegistry", "isolation", "values"));
        var chart = at.field("chart")
                .required("the repository and version of the vcluster chart")
                .only(Set.of("repository", "version"));
        if (chart.present()) {
            chart.field("repository").required("where the vcluster chart is");
            chart.field("version").required("one exact version like 0.36.1");
        }
        var versions = versions(at.field("kubernetesVersions"));
        var version = at.field("kubernetesVersion")
                .required("which of kubernetesVersions those get who ask for none")
                .text(MINOR, "a minor version in quotes, like \"1.35\"");
        var offered = at.field("kubernetesVersions").entries().keySet();
        if (version.isPresent() && !offered.isEmpty() && !offered.contains(version.get())) {
            at.field("kubernetesVersion")
                    .error("is " + version.get() + ", must be one of kubernetesVersions: "
                            + String.join(
                                    ", ", versions.keySet().stream().sorted().toList()));
        }
        var isolation = at.field("isolation").only(Set.of("podSecurity", "networkPolicy", "quota"));
        return new VclusterOffer(
                chart.field("repository")
                        .text(ChartReader.REPOSITORY, ChartReader.REPOSITORY_ALLOWED)
                        .orElse(""),
                chart.field("version")
                        .text(ChartReader.VERSION, "one exact version like 0.36.1")
                        .orElse(""),
                version.orElse(""),
                versions,
                at.field("imageRegistry").text(REGISTRY, "the host of a registry, with a path or without"),
                standard(isolation.field("podSecurity")),
                isolation.field("networkPolicy").bool().orElse(true),
                isolation.field("quota").bool().orElse(true),
                values(at.field("values")),
                explicit(explicit));
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

    /** The tags of images by minor version; there is no cluster without one. */
    private static Map<String, String> versions(FieldReader at) {
        var versions = new LinkedHashMap<String, String>();
        var entries = at.required("at least one minor version, with the tag of its image")
                .entries();
        if (entries.isEmpty() && at.value() instanceof Json.Obj) {
            at.error("is empty, must have at least one minor version, with the tag of its image");
        }
        entries.forEach((minor, tag) -> {
            if (!MINOR.matcher(minor).matches()) {
                at.error("has the key " + Redaction.of(minor) + ", must have minor versions like 1.35");
                return;
            }
            tag.text(TAG, "the tag of an image, like v" + minor + ".0")
                    .filter(text -> {
                        var same = text.startsWith("v" + minor + ".");
                        if (!same) {
                            tag.error("is " + Redaction.of(text) + ", must be a tag of " + minor);
                        }
                        return same;
                    })
                    .ifPresent(text -> versions.put(minor, text));
        });
        return Map.copyOf(versions);
    }

    /** Values that would cost environments what is in them, or the way into them, are none that a platform may choose. */
    private static Json.Obj values(FieldReader at) {
        var controlPlane = at.field("controlPlane");
        var stored = controlPlane
                .field("statefulSet")
                .field("persistence")
                .field("volumeClaim")
                .field("enabled");
        if (OFF.contains(stored.value())) {
            stored.error("must not be false: the cluster's store would be lost with its pod, and with it every app");
        }
        if (controlPlane.field("backingStore").present()) {
            controlPlane
                    .field("backingStore")
                    .error("cannot be chosen: no cluster can change its store, and one that did would lose all in it");
        }
        var secret = at.field("exportKubeConfig").field("secret");
        if (secret.present()) {
            secret.error("is deprecated by the chart, and excludes the Secrets that the way in needs");
        }
        return at.object().orElse(Json.Obj.EMPTY);
    }

    private static String standard(FieldReader at) {
        return at.text()
                .filter(text -> {
                    var known = STANDARDS.contains(text);
                    if (!known) {
                        at.error("is " + Redaction.of(text) + ", must be privileged, baseline or restricted");
                    }
                    return known;
                })
                .orElse("baseline");
    }
}
