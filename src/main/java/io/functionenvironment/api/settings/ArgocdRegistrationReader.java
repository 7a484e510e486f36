package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how clusters are registered in an Argo CD. */
final class ArgocdRegistrationReader {
    private static final LabelsReader LABELS = new LabelsReader(Map.of(
            "environment.fn.crossplane.io/", "the function sets them",
            "argocd.argoproj.io/secret-type", "Argo CD sets it"));

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
                LABELS.keys(at.field("environmentLabels")),
                new LabelsReader(Map.of()).annotations(at.field("annotations"))));
    }
}
