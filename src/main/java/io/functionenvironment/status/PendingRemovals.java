package io.functionenvironment.status;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ProviderError;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.EnvironmentDeletionGuard;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The apps that nobody asks for any more and that are not gone yet. Crossplane forgets them as soon as they are dropped, so
 * the Environment's own status has to remember them.
 *
 * @param words what is said of each, by name
 * @param ending whether the deletion of the Environment waits for them
 */
record PendingRemovals(Map<String, String> words, boolean ending) {

    static PendingRemovals of(List<Decision> decisions, Observed observed) {
        var words = new TreeMap<String, String>();
        var left = new UntrackedResources(observed);
        for (var name : left.leaving()) {
            left.of(Apps.PREFIX + name)
                    .ifPresent(
                            release -> words.put(name, ProviderError.of(release).orElse("is being uninstalled")));
            if (observed.releases().isEmpty()) {
                words.putIfAbsent(name, "is being uninstalled");
            }
        }
        for (var decision : decisions) {
            if (decision.name().startsWith(Apps.PREFIX) && !decision.component().wanted()) {
                var name = decision.name().substring(Apps.PREFIX.length());
                switch (decision.state()) {
                    case ComponentState.Terminating(var word, var ignored) -> words.put(name, word);
                    case ComponentState.Removed(var word) -> {
                        // Dropped with the right to delete, it is uninstalled from now on; without, it is let go.
                        if (decision.component().resource() instanceof Release release
                                && release.policy().deletes()) {
                            words.put(name, word);
                        }
                    }
                    default -> {}
                }
            }
        }
        return new PendingRemovals(words, new EnvironmentDeletionGuard(observed).deletionWaits());
    }

    List<Json.Obj> status() {
        return words.entrySet().stream()
                .map(entry -> obj(field("name", entry.getKey()), field("message", entry.getValue())))
                .toList();
    }
}
