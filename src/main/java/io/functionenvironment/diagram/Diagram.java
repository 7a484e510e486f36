package io.functionenvironment.diagram;

import java.util.List;

/**
 * Boxes with arrows between them.
 *
 * @param title what it shows, for people who cannot see it
 * @param description what follows from what, in sentences, likewise
 * @param notes lines below the boxes that explain how they are drawn
 */
public record Diagram(String title, String description, List<Box> boxes, List<Arrow> arrows, List<String> notes) {
    /**
     * A box.
     *
     * @param name of the box, by which arrows refer to it
     * @param lines of text below the name
     * @param style how it is drawn
     */
    public record Box(String name, List<String> lines, BoxStyle style) {}

    /**
     * An arrow.
     *
     * @param from the name of a box that is above the other one
     */
    public record Arrow(String from, String to, ArrowStyle style) {}

    /** How a box is drawn. */
    public enum BoxStyle {
        PLAIN,
        EMPHASIZED,
        FAINT
    }

    /** How an arrow is drawn. */
    public enum ArrowStyle {
        PLAIN,
        DASHED
    }

    /** The diagram as a document. The same diagram always gives the same text. */
    public String svg() {
        return new Drawing(this, Layout.of(this)).svg();
    }
}
