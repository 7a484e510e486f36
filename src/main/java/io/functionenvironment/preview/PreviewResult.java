package io.functionenvironment.preview;

import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a preview.
 *
 * @param ready whether the Environment became ready
 * @param stopped whether the preview stopped after the requested number of reconciliations
 * @param refused the message of the condition Accepted, unless it is True
 * @param entries in the order of time
 * @param took simulated time from the start to the end
 * @param calls of the function
 * @param missing conditions that are not True, with their messages; empty if the Environment is ready
 * @param bill what is paid for at a cloud provider, in one sentence; empty if nothing is
 * @param rules which rules of the platform applied, in words; empty if they are the same for everybody
 * @param resources composed by the last reconciliation, as they were applied
 * @param graph of the last reconciliation; empty if none was carried out
 */
public record PreviewResult(
        boolean ready,
        boolean stopped,
        Optional<String> refused,
        List<Entry> entries,
        Duration took,
        int calls,
        List<String> missing,
        Optional<String> bill,
        Optional<String> rules,
        List<Json.Obj> resources,
        Optional<ComponentGraph> graph) {

    /**
     * The changes of one reconciliation.
     *
     * @param at simulated time since the start
     * @param lines at least one
     */
    public record Entry(Duration at, List<Line> lines) {}

    /**
     * A change.
     *
     * @param name of the component or condition; empty for the Environment as a whole
     */
    public record Line(Mark mark, String name, String text) {}

    /** The kind of a change. */
    public enum Mark {
        CREATED,
        CHANGED,
        REMOVED,
        RESTARTS,
        WAITS,
        COMES,
        FAILS,
        READY,
        CONDITION,
        SUMMARY
    }

    /** The composed resources as a List in JSON. */
    public String json() {
        var list = Json.obj(Json.field("apiVersion", "v1"), Json.field("kind", "List"), Json.field("items", resources));
        return Yaml.json(list) + "\n";
    }

    /** The composed resources as YAML documents. */
    public String yaml() {
        return resources.stream().map(body -> "---\n" + Yaml.text(body)).collect(Collectors.joining());
    }

    /** A diagram of the components; empty if there are none. */
    public Optional<String> svg() {
        return graph.map(some -> new EnvironmentDiagram(some).diagram().svg());
    }
}
