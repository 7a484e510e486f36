package io.functionenvironment;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of our compiled types.
 *
 * @param name as in {@code io/functionenvironment/cli/Main}, like those in what it mentions
 */
record CompiledType(String name, Set<String> uses, boolean nullMarked) {
    private static final String BASE = "io/functionenvironment/";
    /** What the package of the function itself is called, which has no name of its own. */
    static final String ROOT = "(root)";

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern TYPE = Pattern.compile("L((?:\\w+/)+[\\w$]+)[;<]");

    /** What protoc generated is left out: nobody writes it, so nobody can mend it. */
    static List<CompiledType> ours() {
        var types = new ArrayList<CompiledType>();
        for (var file : files(CLASSES.resolve(BASE), ".class")) {
            if (!file.startsWith(CLASSES.resolve(BASE + "proto"))) {
                types.add(read(file));
            }
        }
        return types;
    }

    /** Each of our packages, and which others of ours it knows. */
    static Map<String, Set<String>> packages() {
        var packages = new TreeMap<String, Set<String>>();
        for (var type : ours()) {
            var known = packages.computeIfAbsent(packageOf(type.name), ignored -> new TreeSet<>());
            type.usesOfOurs().map(CompiledType::packageOf).forEach(known::add);
        }
        packages.forEach((name, known) -> known.remove(name));
        packages.put("proto", Set.of());
        return packages;
    }

    Stream<String> usesOfOurs() {
        return uses.stream().filter(used -> used.startsWith(BASE));
    }

    /** {@code cluster.vcluster} for {@code io/functionenvironment/cluster/vcluster/Vcluster}; all generated packages are one. */
    static String packageOf(String type) {
        var rest = type.substring(BASE.length());
        if (rest.startsWith("proto/")) {
            return "proto";
        }
        return rest.contains("/") ? rest.substring(0, rest.lastIndexOf('/')).replace('/', '.') : ROOT;
    }

    static String simple(String type) {
        return type.replace(BASE, "").replace('/', '.');
    }

    /** Every class entry, and every type inside a descriptor or signature, of the constant pool. */
    private static CompiledType read(Path file) {
        var model = parse(file);
        var uses = new TreeSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry used -> uses.add(used.asInternalName());
                case Utf8Entry text ->
                    TYPE.matcher(text.stringValue()).results().forEach(found -> uses.add(found.group(1)));
                default -> {}
            }
        }
        var nullMarked = model.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(found -> found.annotations().stream()
                        .anyMatch(each -> each.className().equalsString("Lorg/jspecify/annotations/NullMarked;")))
                .orElse(false);
        return new CompiledType(model.thisClass().asInternalName(), uses, nullMarked);
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** The files below a folder that end with something. */
    static List<Path> files(Path folder, String suffix) {
        try (var found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + folder + ": run this with ./mvnw, from the top", e);
        }
    }
}
