package io.functionenvironment.addon.argocd;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.status.ConditionReason;
import io.functionenvironment.status.Subject.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all Applications of an Environment come to. */
record ApplicationFindings(Observed observed, List<ApplicationObject> applications) {
    /** One of them that is not synchronized and healthy. */
    private record Lack(String name, boolean failing, String sentence) {}

    /**
     * The worst of what they report, with what each of them lacks; empty if there are none.
     *
     * @param required whether the Environment is not ready without the Application of its team. That of the platform does not hold
     *     it back: its team could do nothing about it
     */
    Optional<Finding> worst(boolean required) {
        if (applications.isEmpty()) {
            return Optional.empty();
        }
        var lacking = applications.stream()
                .flatMap(application -> lack(application).stream())
                .toList();
        if (lacking.isEmpty()) {
            return Optional.of(new Finding(
                    ConditionReason.AVAILABLE,
                    "Argo CD is available, and what it follows is synchronized and healthy.",
                    false));
        }
        var failing = lacking.stream().filter(Lack::failing).toList();
        var others = lacking.stream().filter(lack -> !lack.failing());
        return Optional.of(new Finding(
                failing.isEmpty() ? ConditionReason.PROGRESSING : ConditionReason.FAILING,
                Stream.concat(failing.stream(), others)
                        .map(lack -> "Application " + lack.name() + " " + lack.sentence())
                        .collect(Collectors.joining("; ", "", ".")),
                required && lacking.stream().anyMatch(lack -> lack.name().equals(ApplicationObject.TEAM))));
    }

    private Optional<Lack> lack(ApplicationObject application) {
        var state = ApplicationState.of(observed, application.component());
        return state.good()
                ? Optional.empty()
                : Optional.of(new Lack(
                        application.name(),
                        state.failing(),
                        state.sentence(application.application().sync().isPresent())));
    }
}
