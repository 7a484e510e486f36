package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every malformed request gets a complete response. {@code -Dfuzz.count} sets the number of requests; {@code -Dfuzz.seed} and a
 * count of 1 repeat one that failed.
 */
class FuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.count", 3000);
    private static final long SEED = Long.getLong("fuzz.seed", 0);
    private static final int MAX_SHOWN = 5;

    @Test
    void everyMalformedRequestGetsACompleteResponse() throws IOException {
        var examples = examples();
        var names = List.copyOf(examples.keySet());
        var failures = new TreeMap<String, String>();
        for (var seed = SEED; seed < SEED + COUNT; seed++) {
            var random = new Random(seed * 0x9E3779B97F4A7C15L);
            var name = names.get(random.nextInt(names.size()));
            var mutation =
                    new Mutation(random, Optional.ofNullable(examples.get(name)).orElseThrow());
            var request = mutation.request();
            var title = "seed " + seed + ", " + name + ", " + mutation.done() + ": ";
            // Failures with the same stack trace count as one.
            failure(request)
                    .ifPresent(failure -> failures.putIfAbsent(
                            failure.substring(Math.max(0, failure.indexOf('\n'))), title + failure));
        }
        if (!failures.isEmpty()) {
            fail(failures.size() + " different failures"
                    + failures.values().stream().limit(MAX_SHOWN).collect(joining("\n\n  ", "\n\n  ", "\n")));
        }
    }

    private static Optional<String> failure(RunFunctionRequest request) {
        try {
            var response = FUNCTION.run(new FunctionRequest(request), ObservedStateFake.NOW)
                    .message();
            var conditions = response.getConditionsList().stream()
                    .map(condition -> condition.getType())
                    .distinct()
                    .count();
            // Crossplane keeps conditions that a response lacks, so it has all that there were.
            var before = new FunctionRequest(request).observed().composite();
            var expected = Stream.concat(
                            Stream.of("Accepted", Registry.CLUSTER_CONDITION),
                            Registry.SHIPPED.addons().stream()
                                    .map(Addon::conditionType)
                                    .filter(type -> before.condition(type).isPresent()))
                    .toList();
            var types = response.getConditionsList().stream()
                    .map(condition -> condition.getType())
                    .toList();
            if (conditions != types.size() || !types.containsAll(expected)) {
                return Optional.of("the conditions are " + types + " instead of " + expected);
            }
            if (!response.getMeta().getTag().equals(request.getMeta().getTag())) {
                return Optional.of("the tag is missing");
            }
            return response.toByteArray().length == 0 ? Optional.of("the response is empty") : Optional.empty();
        } catch (RuntimeException | StackOverflowError thrown) {
            var trace = List.of(thrown.getStackTrace());
            return Optional.of(thrown.toString().replace('\n', ' ') + "\n      "
                    + trace.stream()
                            .filter(frame -> frame.getClassName().startsWith("io.functionenvironment"))
                            .limit(4)
                            .map(StackTraceElement::toString)
                            .collect(joining("\n      ")));
        }
    }

    private static Map<String, RunFunctionRequest> examples() throws IOException {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        try (var files = Files.walk(Path.of("examples"))) {
            for (var folder : files.filter(path -> Files.exists(path.resolve("environment.yaml")))
                    .sorted()
                    .toList()) {
                requests.put(folder.toString(), Requests.of(folder));
            }
        }
        return requests;
    }
}
