package io.functionenvironment.graph;

import java.util.Optional;

/** The part of an Environment that a component belongs to, and that reports its state. */
public sealed interface Owner {
    /**
     * The cluster.
     *
     * @param type the kind of cluster, in the words of {@code status.cluster.type}
     */
    record Cluster(String type) implements Owner {}

    record App(String name) implements Owner {}

    /**
     * An add-on.
     *
     * @param type in the words of its field in the Environment
     */
    record Addon(String type) implements Owner {}

    /** A Usage that orders the deletion of a component of another owner. */
    record Protection(Owner of) implements Owner {}

    /** The value of the label {@code environment.fn.crossplane.io/owner}. */
    default String label() {
        return switch (this) {
            case Cluster(var type) -> "cluster." + type;
            case App(var name) -> "app." + name;
            case Addon(var type) -> "addon." + type;
            case Protection(var of) -> "protection." + of.label();
        };
    }

    /** The owner that a label names; empty for a label of an unknown form, as a later release may write. */
    static Optional<Owner> parse(String label) {
        var dot = label.indexOf('.');
        var rest = label.substring(dot + 1);
        return switch (dot < 0 ? "" : label.substring(0, dot)) {
            case "cluster" -> Optional.of(new Cluster(rest));
            case "app" -> Optional.of(new App(rest));
            case "addon" -> Optional.of(new Addon(rest));
            case "protection" -> parse(rest).map(Protection::new);
            default -> Optional.empty();
        };
    }

    /** What people call it. */
    default String displayName() {
        return switch (this) {
            case Cluster ignored -> "cluster";
            case App(var name) -> name;
            case Addon(var type) -> type;
            case Protection(var of) -> of.displayName();
        };
    }
}
