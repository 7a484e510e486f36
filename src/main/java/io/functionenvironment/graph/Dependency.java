package io.functionenvironment.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One component depends on another.
 *
 * @param on the other component
 * @param when what has to be seen of it before this one is created
 * @param onDelete what happens to this one when the other is deleted
 */
public record Dependency(String on, StartWhen when, DeletionMode onDelete) {
    /** What has to be seen of a component. */
    public enum StartWhen {
        EXISTS,
        READY,
        /** Its kubeconfig bytes: the connection Secret exists, empty, long before. */
        KUBECONFIG
    }

    /** What happens to a component when one that it depends on is deleted. */
    public enum DeletionMode {
        /** It is deleted with the other, as an app is with its vcluster. */
        CASCADE,
        /** It has to be uninstalled before the other may be deleted, as an app before another app that it uses. */
        UNINSTALL_FIRST
    }

    /** The form in which dependencies stand on a resource, so that they are known when it is no longer requested. */
    public static String write(List<Dependency> dependencies) {
        return dependencies.stream().map(Dependency::write).sorted().collect(Collectors.joining(","));
    }

    public String write() {
        return on + "/" + when + "/" + onDelete;
    }

    /** The form that {@link #parse} understands, in words. */
    public static final String FORM = "COMPONENT/" + words(StartWhen.values()) + "/" + words(DeletionMode.values())
            + ", several separated by commas";

    private static String words(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.joining("|"));
    }

    /** The dependencies that a text names; empty if any of them is not understood, as a later release may write it. */
    public static Optional<List<Dependency>> parse(String text) {
        var parts = text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1));
        var dependencies = parts.stream().flatMap(part -> one(part).stream()).toList();
        return Optional.of(dependencies).filter(all -> all.size() == parts.size());
    }

    private static Optional<Dependency> one(String text) {
        var part = text.split("/", -1);
        return part.length == 3
                ? constant(StartWhen.values(), part[1])
                        .flatMap(when -> constant(DeletionMode.values(), part[2])
                                .map(mode -> new Dependency(part[0], when, mode)))
                : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }
}
