package io.functionenvironment.report;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.addon.Apps;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.State;
import io.functionenvironment.gate.Trouble;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Farewell;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.resource.Release;
import io.functionenvironment.tree.Tree;
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
record Leaving(Map<String, String> words, boolean ending) {

    static Leaving of(List<Decision> decisions, Observed observed) {
        var words = new TreeMap<String, String>();
        var left = new Leftovers(observed);
        for (var name : left.leaving()) {
            left.of(Apps.PREFIX + name)
                    .ifPresent(release -> words.put(name, Trouble.of(release).orElse("is being uninstalled")));
            if (observed.releases().isEmpty()) {
                words.putIfAbsent(name, "is being uninstalled");
            }
        }
        for (var decision : decisions) {
            if (decision.name().startsWith(Apps.PREFIX) && !decision.component().wanted()) {
                var name = decision.name().substring(Apps.PREFIX.length());
                switch (decision.state()) {
                    case State.Leaving(var word, var ignored) -> words.put(name, word);
                    case State.Gone(var word) -> {
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
        return new Leaving(words, new Farewell(observed).deletionWaits());
    }

    List<Tree.Obj> status() {
        return words.entrySet().stream()
                .map(entry -> obj("name", entry.getKey(), "message", entry.getValue()))
                .toList();
    }
}
