package io.functionenvironment;

import static io.functionenvironment.CompiledType.ROOT;
import static io.functionenvironment.CompiledType.files;
import static io.functionenvironment.CompiledType.packageOf;
import static io.functionenvironment.CompiledType.simple;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the shape of the code: which package may know which, who sees protobuf, and how long a file may grow. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final Set<String> INPUTS = Set.of("tree", "app", "environment", "settings", "observed");
    private static final Set<String> PLAN = and(INPUTS, "resource", "plan");
    private static final Set<String> DOMAIN = and(PLAN, "cluster", "addon", "gate", "report");

    /** Each of our packages, and which others of ours it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("proto", Set.of()),
            Map.entry("tree", Set.of()),
            Map.entry("app", Set.of("tree")),
            Map.entry("environment", Set.of("tree", "app")),
            Map.entry("settings", Set.of("tree", "app")),
            Map.entry("observed", Set.of("tree")),
            Map.entry("wire", Set.of("tree", "observed", "proto")),
            Map.entry("resource", Set.of("tree", "app", "observed")),
            Map.entry("plan", and(INPUTS, "resource")),
            Map.entry("cluster", PLAN),
            Map.entry("addon", and(PLAN, "cluster")),
            Map.entry("gate", Set.of("tree", "observed", "resource", "plan")),
            Map.entry("report", and(PLAN, "gate", "cluster", "addon")),
            Map.entry(ROOT, and(DOMAIN, "wire")),
            Map.entry("monitoring", Set.of()),
            Map.entry("server", Set.of("proto", "monitoring")),
            Map.entry("simulation", Set.of("tree")),
            Map.entry("preview", and(DOMAIN, "wire", "proto", ROOT, "simulation")),
            Map.entry("cli", and(DOMAIN, "wire", "proto", ROOT, "server", "simulation", "preview")),
            Map.entry("training", Set.of("tree", "wire", "proto", "simulation", "preview")));

    private static final Set<String> MAY_KNOW_PROTOBUF = Set.of("wire", "server", "monitoring", "proto", "training");

    private static final int MEDIAN_LINES = 60;
    private static final int MOST_LINES = 200;

    @Test
    void packagesKnowOnlyWhatTheTableAllows() {
        var faults = new TreeSet<String>();
        for (var type : CompiledType.ours()) {
            var from = packageOf(type.name());
            var allowed = MAY_KNOW.get(from);
            if (allowed == null) {
                faults.add("package %s is not in the table of ArchitectureTest: add it, with what it may know"
                        .formatted(from));
                continue;
            }
            type.usesOfOurs()
                    .filter(used -> !packageOf(used).equals(from) && !allowed.contains(packageOf(used)))
                    .forEach(used -> faults.add("package %s must not know package %s, but %s uses %s"
                            .formatted(from, packageOf(used), simple(type.name()), simple(used))));
        }
        assertNone(faults);
    }

    @Test
    void theTableHasNoCycles() {
        var left = new HashMap<>(MAY_KNOW);
        while (left.entrySet().removeIf(entry -> entry.getValue().stream().noneMatch(left::containsKey))) {}
        assertNone(left.keySet().stream()
                .map(name -> "package %s is on a circle of allowed dependencies, or leads to one".formatted(name))
                .collect(toCollection(TreeSet::new)));
    }

    @Test
    void protobufStaysAtTheBorder() {
        var faults = new TreeSet<String>();
        for (var type : CompiledType.ours()) {
            if (!MAY_KNOW_PROTOBUF.contains(packageOf(type.name()))) {
                type.uses().stream()
                        .filter(used -> used.startsWith("com/google/protobuf/") || used.startsWith("io/grpc/"))
                        .forEach(used -> faults.add("only %s may see protobuf and gRPC, but %s uses %s"
                                .formatted(new TreeSet<>(MAY_KNOW_PROTOBUF), simple(type.name()), simple(used))));
            }
        }
        assertNone(faults);
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        var marked = new TreeMap<String, Boolean>();
        for (var type : CompiledType.ours()) {
            marked.merge(type.name().substring(0, type.name().lastIndexOf('/')), type.nullMarked(), Boolean::logicalOr);
        }
        marked.values().removeIf(isMarked -> isMarked);
        assertNone(marked.keySet().stream()
                .map(name -> "%s needs a package-info.java with @NullMarked".formatted(name.replace('/', '.')))
                .collect(toCollection(TreeSet::new)));
    }

    @Test
    void filesStayShort() {
        var lines = new TreeMap<Path, Integer>();
        for (var file : files(SOURCES, ".java")) {
            if (!file.endsWith("package-info.java")) {
                lines.put(SOURCES.relativize(file), lines(file));
            }
        }
        var faults = new TreeSet<String>();
        lines.forEach((file, count) -> {
            if (count > MOST_LINES) {
                faults.add("%s has %d lines, over the %d allowed: a concept is missing"
                        .formatted(file, count, MOST_LINES));
            }
        });
        var sorted = lines.values().stream().sorted().toList();
        var median = sorted.get(sorted.size() / 2);
        if (median > MEDIAN_LINES) {
            faults.add("the median of the %d files is %d lines, over the %d allowed"
                    .formatted(sorted.size(), median, MEDIAN_LINES));
        }
        assertNone(faults);
    }

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(toCollection(TreeSet::new));
    }

    private static void assertNone(Set<String> faults) {
        if (!faults.isEmpty()) {
            fail(faults.stream().collect(joining("\n  ", "\n  ", "\n")));
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
