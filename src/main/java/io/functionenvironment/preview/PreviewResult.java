package io.functionenvironment.preview;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * What a preview came to.
 *
 * @param took until the end, on the clock of the simulated control plane
 * @param calls how often the function was called
 * @param missing why it is not ready, if it is not
 * @param resources what is composed at the end, as it was applied
 */
public record PreviewResult(
        boolean ready,
        List<TimelineEntry> moments,
        Duration took,
        int calls,
        List<String> missing,
        List<Json.Obj> resources) {}
