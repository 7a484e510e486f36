package io.functionenvironment.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The dependencies that a text names; parts that are not understood, as a later release may write, are left out. */
    public static List<Dependency> parse(String text) {
        return Arrays.stream(text.split(",", -1)).flatMap(Dependency::one).toList();
    }

    private static Stream<Dependency> one(String text) {
        var part = text.split("/", -1);
        return part.length == 3
                ? constant(StartWhen.values(), part[1]).stream()
                        .flatMap(when -> constant(DeletionMode.values(), part[2]).stream()
                                .map(mode -> new Dependency(part[0], when, mode)))
                : Stream.empty();
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }
}
