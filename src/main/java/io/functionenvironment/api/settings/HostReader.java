package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the Settings of the host cluster. */
final class HostReader {
    private static final Pattern PREFIX = Pattern.compile("[a-z]([-a-z0-9]{0,8})?-");
    /** The beginnings of keys of labels that others set, and who does. */
    private static final Map<String, String> RESERVED = Map.of(
            "environment.fn.crossplane.io/", "the function sets them",
            "kubernetes.io/metadata.name", "the API server sets it",
            "pod-security.kubernetes.io/", "the function sets them; use vcluster.isolation.podSecurity");

    private HostReader() {}

    static Host read(FieldReader at) {
        at.only(Set.of("providerConfig", "namespacePrefix", "composeNamespace", "labels"));
        var labels = new LinkedHashMap<String, String>();
        at.field("labels").entries().forEach((key, value) -> {
            if (!LabelFormat.KEY.matcher(key).matches()) {
                at.field("labels")
                        .error("has the key " + Redaction.of(key) + "; must have valid label keys, "
                                + LabelFormat.KEY_ALLOWED);
            } else {
                RESERVED.entrySet().stream()
                        .filter(reserved -> key.startsWith(reserved.getKey()))
                        .forEach(reserved -> at.field("labels")
                                .error("has the key " + Redaction.of(key) + "; must not have "
                                        + (key.equals(reserved.getKey())
                                                ? "it"
                                                : "keys that begin with " + reserved.getKey())
                                        + ": " + reserved.getValue()));
            }
            value.text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED).ifPresent(text -> labels.put(key, text));
        });
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
                Map.copyOf(labels));
    }
}
