package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the Settings of the host cluster. */
final class HostReader {
    private static final Pattern PREFIX = Pattern.compile("[a-z]([-a-z0-9]{0,8})?-");

    private static final LabelsReader LABELS = new LabelsReader(Map.of(
            "environment.fn.crossplane.io/", "the function sets them",
            "kubernetes.io/metadata.name", "the API server sets it",
            "pod-security.kubernetes.io/", "the function sets them; use vcluster.isolation.podSecurity"));
    private static final LabelsReader ANNOTATIONS =
            new LabelsReader(Map.of("environment.fn.crossplane.io/", "the function sets them"));

    private HostReader() {}

    static Host read(FieldReader at) {
        at.only(Set.of(
                "providerConfig", "namespacePrefix", "composeNamespace", "labels", "environmentLabels", "annotations"));
        return new Host(
                at.field("providerConfig")
                        .text(AppReader.OBJECT, AppReader.allowedName("ClusterProviderConfig"))
                        .orElse("default"),
                at.field("namespacePrefix")
                        .text(
                                PREFIX,
                                "2 to 10 lower case letters, digits and '-', beginning with a letter and ending with '-'")
                        .orElse("env-"),
                at.field("composeNamespace").bool().orElse(true),
                LABELS.read(at.field("labels")),
                LABELS.keys(at.field("environmentLabels")),
                ANNOTATIONS.annotations(at.field("annotations")));
    }
}
