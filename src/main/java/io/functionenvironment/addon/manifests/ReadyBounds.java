package io.functionenvironment.addon.manifests;

/** How much of what takes time an expression has, counted while it is read. */
final class ReadyBounds {
    private static final int DEEPEST = 16;
    /** Each costs an item of a list a microsecond, and a list in an object can have half a million. */
    private static final int MOST_IN_MACRO = 8;

    private enum Macro {
        BEFORE,
        INSIDE,
        BEHIND
    }

    private Macro macro = Macro.BEFORE;
    private int depth;
    private int comparisons;
    private int steps;

    void open() {
        depth++;
        if (depth > DEEPEST) {
            throw new QueryRefusal("has more than " + DEEPEST + " parentheses in one another; remove some");
        }
    }

    void close() {
        depth--;
    }

    void openMacro() {
        if (macro != Macro.BEFORE) {
            throw new QueryRefusal("has more than one of all and exists; use one of them once, or readyCondition");
        }
        macro = Macro.INSIDE;
    }

    void closeMacro() {
        macro = Macro.BEHIND;
    }

    /** The object is read. */
    void object() {
        if (macro != Macro.BEFORE) {
            throw new QueryRefusal("reads object in or after exists or all; write what reads object before it");
        }
    }

    /** Something is evaluated, in a macro once for each item of a list. */
    void step() {
        steps += macro == Macro.INSIDE ? 1 : 0;
        if (steps > MOST_IN_MACRO) {
            throw new QueryRefusal("has more than " + MOST_IN_MACRO
                    + " comparisons, ! and items of lists in exists or all; remove some");
        }
    }

    /** A field is compared with all that another one has. */
    void fields() {
        comparisons++;
        if (comparisons > 1 || macro != Macro.BEFORE) {
            throw new QueryRefusal(
                    "compares fields with one another by ==, != or in more than once, or in or after exists or all;"
                            + " compare with a text or a number, or by < and >");
        }
    }
}
