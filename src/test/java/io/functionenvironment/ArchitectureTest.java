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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the shape of the code: which package may know which, who sees protobuf, and how long a file may grow. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final Set<String> API = Set.of("json", "api.app", "api.argocd", "api.environment", "api.settings");
    private static final Set<String> OBSERVED = Set.of("crossplane.observed", "crossplane.provider");
    private static final Set<String> GRAPH = and(union(API, OBSERVED), "resource", "graph");
    private static final Set<String> STATUS = and(GRAPH, "removal", "status");
    private static final Set<String> DOMAIN = and(
            STATUS,
            "lifecycle",
            "cluster",
            "cluster.aks",
            "cluster.cloud",
            "cluster.eks",
            "cluster.existing",
            "cluster.gke",
            "cluster.vcluster",
            "addon",
            "addon.access",
            "addon.apps",
            "addon.argocd",
            "addon.knative",
            "addon.manifests",
            "addon.registration");

    /** Each of our packages, and which others of ours it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("proto", Set.of()),
            Map.entry("json", Set.of()),
            Map.entry("api.app", Set.of("json")),
            Map.entry("api.environment", Set.of("json", "api.app")),
            Map.entry("api.argocd", Set.of("json", "api.app")),
            Map.entry("api.settings", Set.of("json", "api.app", "api.argocd")),
            Map.entry("crossplane.observed", Set.of("json")),
            Map.entry("crossplane.provider", Set.of("json", "crossplane.observed")),
            Map.entry("crossplane.wire", Set.of("json", "crossplane.observed", "proto")),
            Map.entry("resource", and(OBSERVED, "json", "api.app")),
            Map.entry("graph", and(union(API, OBSERVED), "resource")),
            Map.entry("removal", GRAPH),
            Map.entry("lifecycle", and(GRAPH, "removal")),
            Map.entry("status", and(GRAPH, "removal")),
            Map.entry("cluster", GRAPH),
            Map.entry("cluster.aks", and(GRAPH, "cluster", "cluster.cloud")),
            Map.entry("cluster.cloud", and(GRAPH, "cluster")),
            Map.entry("cluster.eks", and(GRAPH, "cluster", "cluster.cloud")),
            Map.entry("cluster.existing", and(GRAPH, "cluster")),
            Map.entry("cluster.gke", and(GRAPH, "cluster", "cluster.cloud")),
            Map.entry("cluster.vcluster", and(GRAPH, "cluster")),
            Map.entry("addon", and(STATUS, "cluster")),
            Map.entry("addon.access", and(STATUS, "cluster", "addon")),
            Map.entry("addon.apps", and(STATUS, "cluster", "addon")),
            Map.entry("addon.argocd", and(STATUS, "cluster", "addon")),
            Map.entry("addon.manifests", and(STATUS, "cluster", "addon")),
            Map.entry("addon.knative", and(STATUS, "cluster", "addon")),
            Map.entry("addon.registration", and(STATUS, "cluster", "addon")),
            Map.entry(ROOT, and(DOMAIN, "crossplane.wire")),
            Map.entry("server", Set.of("proto", "server.limits", "server.logging", "server.metrics", "server.tls")),
            Map.entry("server.limits", Set.of()),
            Map.entry("server.logging", Set.of("proto")),
            Map.entry("server.metrics", Set.of("server.limits", "server.logging")),
            Map.entry("server.tls", Set.of("server.logging", "server.metrics")),
            Map.entry("main", Set.of(ROOT, "crossplane.wire", "proto", "server")),
            Map.entry("simulation", Set.of("json")),
            Map.entry("charts", Set.of("json", "api.app")),
            Map.entry("catalog", Set.of("json")),
            Map.entry("diagram", Set.of()),
            Map.entry("preview", and(DOMAIN, "charts", "crossplane.wire", "diagram", "proto", ROOT, "simulation")),
            Map.entry("cli", and(API, ROOT, "catalog", "charts", "main", "plan", "server", "simulation", "preview")),
            Map.entry("plan", and(DOMAIN, ROOT, "simulation", "preview")),
            Map.entry("training", Set.of("json", "crossplane.wire", "main", "proto", "simulation", "preview")));

    private static final Set<String> MAY_KNOW_PROTOBUF = Set.of(
            "crossplane.wire",
            "main",
            "server",
            "server.limits",
            "server.logging",
            "server.metrics",
            "server.tls",
            "proto",
            "training");

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
        assertNone(faults);
    }

    /** A further kind of cluster or add-on must not change these, so they must not know the names of any. */
    @Test
    void theFrameNamesNoKindOfClusterAddonOrComponent() {
        var names = Set.of(
                "\"app-",
                "\"namespace\"",
                "\"cluster\"",
                "\"health\"",
                "\"quota\"",
                "\"vcluster\"",
                "provider-config-",
                "argocd",
                "knative");
        var errors = new TreeSet<String>();
        for (var folder : List.of("graph", "lifecycle", "removal", "status")) {
            for (var file : files(SOURCES.resolve("io/functionenvironment").resolve(folder), ".java")) {
                names.stream()
                        .filter(name -> text(file).contains(name) && !allowed(file, name))
                        .forEach(name -> errors.add("%s contains %s".formatted(SOURCES.relativize(file), name)));
            }
        }
        assertNone(errors);
    }

    /** The word that labels an owner, and the word that people read, are not names of components. */
    private static boolean allowed(Path file, String name) {
        return file.endsWith("Owner.java") && name.equals("\"cluster\"");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(toCollection(TreeSet::new));
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
