package io.functionenvironment.json;

/** The depth of values. A request in which one nests much deeper cannot be read at all, and names no field. */
public final class Nesting {
    private static final int DEEPEST = 100;

    private Nesting() {}

    /** Reports a field with objects and lists one in the other that are more than Helm charts need. */
    public static void check(FieldReader at) {
        if (deeper(at.value(), DEEPEST)) {
            at.error("nests more than " + DEEPEST + " objects and lists in one another; must have fewer levels");
        }
    }

    private static boolean deeper(Json json, int levels) {
        return switch (json) {
            case Json.Obj(var fields) ->
                levels == 0 || fields.values().stream().anyMatch(value -> deeper(value, levels - 1));
            case Json.Arr(var items) -> levels == 0 || items.stream().anyMatch(value -> deeper(value, levels - 1));
            case Json.Text ignored -> false;
            case Json.Num ignored -> false;
            case Json.Bool ignored -> false;
            case Json.Null ignored -> false;
        };
    }
}
