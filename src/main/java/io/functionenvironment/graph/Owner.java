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
     * An add-on, or one of several items of it.
     *
     * @param type in the words of its field in the Environment; without dots
     * @param item the name of the item; empty for the add-on as a whole
     */
    record Addon(String type, Optional<String> item) implements Owner {
        public Addon(String type) {
            this(type, Optional.empty());
        }

        public Addon(String type, String item) {
            this(type, Optional.of(item));
        }
    }

    /** A Usage that orders the deletion of a component of another owner. */
    record Protection(Owner of) implements Owner {}

    /** The value of the label {@code environment.fn.crossplane.io/owner}. */
    default String label() {
        return switch (this) {
            case Cluster(var type) -> "cluster." + type;
            case App(var name) -> "app." + name;
            case Addon(var type, var item) ->
                "addon." + type + item.map(name -> "." + name).orElse("");
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
            case "addon" -> Optional.of(addon(rest));
            case "protection" -> parse(rest).map(Protection::new);
            default -> Optional.empty();
        };
    }

    private static Addon addon(String label) {
        var dot = label.indexOf('.');
        return dot < 0 ? new Addon(label) : new Addon(label.substring(0, dot), label.substring(dot + 1));
    }

    /** What people call it. */
    default String displayName() {
        return switch (this) {
            case Cluster ignored -> "cluster";
            case App(var name) -> name;
            case Addon(var type, var item) -> item.orElse(type);
            case Protection(var of) -> of.displayName();
        };
    }
}
