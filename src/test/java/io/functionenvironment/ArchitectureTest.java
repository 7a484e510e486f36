package io.functionenvironment;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the shape of the code: which package may know which, who sees protobuf, and how long a file may grow. */
class ArchitectureTest {
    private static final String BASE = "io/functionenvironment/";
    private static final String ROOT = "(root)";
    private static final Path CLASSES = Path.of("target", "classes");
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
            Map.entry("cli", and(DOMAIN, "wire", "proto", ROOT, "server", "simulation", "preview")));

    private static final Set<String> MAY_KNOW_PROTOBUF = Set.of("wire", "server", "monitoring", "proto");

    private static final int MEDIAN_LINES = 60;
    private static final int MOST_LINES = 200;

    @Test
    void packagesKnowOnlyWhatTheTableAllows() {
        var faults = new TreeSet<String>();
        for (var type : ourTypes()) {
            var from = packageOf(type.name());
            var allowed = MAY_KNOW.get(from);
            if (allowed == null) {
                faults.add("package %s is not in the table of ArchitectureTest: add it, with what it may know"
                        .formatted(from));
                continue;
            }
            type.uses().stream()
                    .filter(used -> used.startsWith(BASE))
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
        for (var type : ourTypes()) {
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
        for (var type : ourTypes()) {
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
                lines.put(SOURCES.relativize(file), read(file).split("\n").length);
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

    /** One of our compiled types: its name and those it mentions are as in `io/functionenvironment/cli/Main`. */
    private record Type(String name, Set<String> uses, boolean nullMarked) {}

    /** What protoc generated is left out: nobody writes it, so nobody can mend it. */
    private static List<Type> ourTypes() {
        var types = new ArrayList<Type>();
        for (var file : files(CLASSES.resolve(BASE), ".class")) {
            if (!file.startsWith(CLASSES.resolve(BASE + "proto"))) {
                types.add(type(file));
            }
        }
        return types;
    }

    /** Every class entry, and every type inside a descriptor or signature, of the constant pool. */
    private static Type type(Path file) {
        var model = parse(file);
        var uses = new TreeSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry used -> uses.add(used.asInternalName());
                case Utf8Entry text -> uses.addAll(typesIn(text.stringValue()));
                default -> {}
            }
        }
        var nullMarked = model.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(found -> found.annotations().stream()
                        .anyMatch(each -> each.className().equalsString("Lorg/jspecify/annotations/NullMarked;")))
                .orElse(false);
        return new Type(model.thisClass().asInternalName(), uses, nullMarked);
    }

    private static final Pattern TYPE = Pattern.compile("L((?:\\w+/)+[\\w$]+)[;<]");

    private static List<String> typesIn(String descriptor) {
        return TYPE.matcher(descriptor).results().map(found -> found.group(1)).toList();
    }

    /** `cluster` for `io/functionenvironment/cluster/Vcluster`. */
    private static String packageOf(String type) {
        var rest = type.substring(BASE.length());
        return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : ROOT;
    }

    private static String simple(String type) {
        return type.replace(BASE, "").replace('/', '.');
    }

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(toCollection(TreeSet::new));
    }

    private static void assertNone(Set<String> faults) {
        if (!faults.isEmpty()) {
            fail(faults.stream().collect(joining("\n  ", "\n  ", "\n")));
        }
    }

    private static List<Path> files(Path folder, String suffix) {
        try (var found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + folder + ": run this with ./mvnw, from the top", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
