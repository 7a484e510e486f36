package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how clusters are registered in an Argo CD. */
final class ArgocdRegistrationReader {
    private static final LabelsReader LABELS = new LabelsReader(Map.of(
            "environment.fn.crossplane.io/", "the function sets them",
            "argocd.argoproj.io/secret-type", "Argo CD sets it"));
    private static final int MOST_LABELS = 32;

    private ArgocdRegistrationReader() {}

    static Optional<ArgocdRegistration> read(FieldReader at) {
        at.only(Set.of("providerConfig", "project", "labels", "environmentLabels", "annotations"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        var config = AppReader.allowedName("ProviderConfig");
        return Optional.of(new ArgocdRegistration(
                at.field("providerConfig")
                        .required(config)
                        .text(AppReader.OBJECT, config)
                        .orElse(""),
                at.field("project").text(AppReader.OBJECT, AppReader.allowedName("project")),
                LABELS.read(at.field("labels")),
                environmentLabels(at.field("environmentLabels")),
                AnnotationsReader.read(at.field("annotations"))));
    }

    private static List<String> environmentLabels(FieldReader at) {
        return at.items(MOST_LABELS).stream()
                .flatMap(item -> key(item).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> key(FieldReader at) {
        var key = at.required("the key of a label, " + LabelFormat.KEY_ALLOWED).text();
        key.flatMap(LABELS::problem)
                .ifPresent(problem -> at.error("is " + Redaction.of(key.orElseThrow()) + "; must " + problem));
        return key;
    }
}
