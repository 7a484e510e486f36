package io.functionenvironment.settings;

import io.functionenvironment.app.ChartReader;
import io.functionenvironment.tree.Cursor;
import io.functionenvironment.tree.Tree;
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

    private VclusterReader() {}

    static VclusterOffer read(Cursor at) {
        at.only(Set.of("chart", "kubernetesVersion", "kubernetesVersions", "imageRegistry", "isolation", "values"));
        var chart = at.field("chart").only(Set.of("repository", "version"));
        var versions = new LinkedHashMap<String, String>();
        at.field("kubernetesVersions").entries().forEach((minor, tag) -> {
            if (!MINOR.matcher(minor).matches()) {
                at.field("kubernetesVersions")
                        .fault("has the key \"" + minor + "\", must have minor versions like 1.35");
                return;
            }
            tag.text(TAG, "the tag of an image, like v" + minor + ".0")
                    .filter(text -> {
                        var same = text.startsWith("v" + minor + ".");
                        if (!same) {
                            tag.fault("is " + text + ", must be a tag of " + minor);
                        }
                        return same;
                    })
                    .ifPresent(text -> versions.put(minor, text));
        });
        var version = at.field("kubernetesVersion").text(MINOR, "a minor version in quotes, like \"1.35\"");
        if (version.isPresent() && !at.field("kubernetesVersions").entries().containsKey(version.get())) {
            at.field("kubernetesVersion")
                    .fault("is " + version.get() + ", must be one of kubernetesVersions: "
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
                Map.copyOf(versions),
                at.field("imageRegistry").text(REGISTRY, "the host of a registry, with a path or without"),
                standard(isolation.field("podSecurity")),
                isolation.field("networkPolicy").bool().orElse(true),
                isolation.field("quota").bool().orElse(true),
                at.field("values").object().orElse(Tree.Obj.EMPTY));
    }

    private static String standard(Cursor at) {
        return at.text()
                .filter(text -> {
                    var known = STANDARDS.contains(text);
                    if (!known) {
                        at.fault("is \"" + text + "\", must be privileged, baseline or restricted");
                    }
                    return known;
                })
                .orElse("baseline");
    }
}
