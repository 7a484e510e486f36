package io.functionenvironment.plan;

import io.functionenvironment.observed.Observed;
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
 * Usage; Crossplane then carries the deletion out.
 */
public record Farewell(Observed observed) {
    private static final String ENVIRONMENT = "environment";
    private static final String ATTEMPT = "usage.crossplane.io/deletion-attempt-with-policy";

    /** The Usages that the apps among some components may need: those that are leaving, and those already dropped. */
    public List<Component> usages(List<Component> retired, String environment) {
        return Stream.concat(
                        retired.stream()
                                .filter(component -> component.answers().isPresent())
                                .map(Component::name),
                        new Leftovers(observed).dropped().keySet().stream())
                .distinct()
                .map(app -> Component.retired(usage(app, environment), List.of(), Optional.empty()))
                .toList();
    }

    /** The name of the Usage by which an app keeps the Environment. */
    public static String usage(String app) {
        return Protection.name(app, ENVIRONMENT);
    }

    /** The app that keeps the Environment by a Usage, if this is one. */
    public Optional<String> app(Usage usage) {
        return Protection.user(usage.meta().component(), ENVIRONMENT)
                .filter(app -> usage.of().equals(environment()));
    }

    /** Whether somebody deleted the Environment, and it goes once our Usages of it are gone. */
    public boolean deletionWaits() {
        return attempted()
                && observed.resources().values().stream()
                        .flatMap(seen -> Resource.read(seen).stream())
                        .anyMatch(resource -> resource instanceof Usage usage
                                && usage.replays()
                                && app(usage).isPresent());
    }

    /**
     * An attempt that was noted before the Usage was made was refused for the sake of something else, maybe long ago. To
     * replay it would delete an Environment that nobody deletes.
     */
    private Usage usage(String app, String environment) {
        var replays = !attempted();
        var reason = "an app is being uninstalled from its cluster; "
                + (replays ? "the deletion goes on by itself in a moment" : "delete it again in a moment");
        var meta = new Meta(environment, usage(app), "");
        return new Usage(meta, environment(), Optional.empty(), Optional.of(reason), replays);
    }

    private boolean attempted() {
        return observed.composite().annotation(ATTEMPT).isPresent();
    }

    private Usage.Party environment() {
        return Usage.Party.of(observed.composite());
    }
}
