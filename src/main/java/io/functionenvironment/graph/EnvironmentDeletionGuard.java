package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What keeps an Environment while an app is uninstalled from its cluster. Were it deleted then, the cluster would go first,
 * nobody would ask us any more, and the app's Release would wait for that cluster for ever. So a Usage has the deletion
 * refused. Crossplane notes the attempt on the Environment, upon which we are asked, let the app go as it is, and drop the
 * Usage; the next attempt succeeds.
 *
 * <p>Crossplane is not told to carry out by itself what it refused: it notes attempts that are only a dry run, too, and would
 * delete an Environment that nobody deletes.
 */
public record EnvironmentDeletionGuard(Observed observed) {
    private static final String ENVIRONMENT = "environment";
    private static final String REASON = "an app is being uninstalled from its cluster; delete the Environment again ";
    /** What is said by a Usage that was there before any attempt: the next one lets the app go. */
    private static final String SOON = REASON + "in a moment";
    /** What is said where an attempt had been noted before: another one leaves no trace, so the app is uninstalled first. */
    private static final String LATER = REASON + "when it is gone";

    private static final String ATTEMPT = "usage.crossplane.io/deletion-attempt-with-policy";

    /** The Usages that the apps among some components may need: those that are leaving, and those already dropped. */
    public List<Component> usages(List<Component> retired, String environment) {
        return Stream.concat(
                        retired.stream()
                                .filter(component -> component.answers().isPresent())
                                .map(Component::name),
                        new UntrackedResources(observed).dropped().keySet().stream())
                .distinct()
                .map(app -> Component.retired(usage(app, environment), List.of(), Optional.empty()))
                .toList();
    }

    /** The name of the Usage by which an app keeps the Environment. */
    public static String usage(String app) {
        return DeletionOrderUsages.name(app, ENVIRONMENT);
    }

    /** The app that keeps the Environment by a Usage, if this is one. */
    public Optional<String> app(Usage usage) {
        return DeletionOrderUsages.user(usage.meta().component(), ENVIRONMENT)
                // Of whatever version: that of the XRD may have moved since.
                .filter(app -> usage.of().kind().equals(environment().kind())
                        && usage.of().name().equals(environment().name()));
    }

    /** Whether somebody wants to delete the Environment, and was refused on our account. */
    public boolean deletionWaits() {
        return attempted()
                && observed.resources().values().stream()
                        .flatMap(seen -> Resource.read(seen).stream())
                        .anyMatch(resource -> resource instanceof Usage usage
                                && usage.reason().equals(Optional.of(SOON))
                                && app(usage).isPresent());
    }

    private Usage usage(String app, String environment) {
        var meta = new Meta(environment, usage(app), "");
        return new Usage(meta, environment(), Optional.empty(), Optional.of(attempted() ? LATER : SOON), false);
    }

    /** Whether Crossplane has noted that somebody tried to delete the Environment; it notes no second attempt. */
    public boolean attempted() {
        return observed.composite().annotation(ATTEMPT).isPresent();
    }

    private Usage.Party environment() {
        return Usage.Party.of(observed.composite());
    }
}
