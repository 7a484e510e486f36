package io.functionenvironment.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One component needs another.
 *
 * @param on the other component
 * @param until what must be seen of it before this one starts
 * @param ends how the two end
 */
public record Dependency(String on, StartWhen until, DeletionMode ends) {

    /** What must be seen of a component. */
    public enum StartWhen {
        EXISTS,
        READY,
        /** Its kubeconfig, the bytes of it: an empty Secret exists long before. */
        KUBECONFIG
    }

    /** How two components end. */
    public enum DeletionMode {
        /** This one ends with the other, which takes it along: an app in a vcluster. */
        CASCADE,
        /** This one has to be gone before the other may go: an app that uses another. */
        UNINSTALL_FIRST
    }

    /** The form in which needs stand on a resource, so that they are known when nobody asks for it any more. */
    public static String text(List<Dependency> needs) {
        return String.join(
                ",",
                needs.stream()
                        .map(need -> need.on + "/" + need.until + "/" + need.ends)
                        .sorted()
                        .toList());
    }

    /** The needs that a text names; what is not understood, of a later release say, is left out. */
    public static List<Dependency> parse(String text) {
        return Arrays.stream(text.split(","))
                .map(part -> part.split("/"))
                .flatMap(part -> {
                    try {
                        return part.length == 3
                                ? Optional.of(new Dependency(
                                                part[0], StartWhen.valueOf(part[1]), DeletionMode.valueOf(part[2])))
                                        .stream()
                                : Optional.<Dependency>empty().stream();
                    } catch (IllegalArgumentException unknown) {
                        return Optional.<Dependency>empty().stream();
                    }
                })
                .toList();
    }
}
