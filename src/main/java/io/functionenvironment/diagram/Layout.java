package io.functionenvironment.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the parts of a diagram are: in layers from top to bottom, placed by the Eclipse Layout Kernel.
 *
 * @param boxes by name
 * @param arrows the points of each, in the order of the diagram
 */
record Layout(double width, double height, Map<String, Rectangle> boxes, List<List<Point>> arrows) {
    static final int LINE = 18;
    static final int MARGIN = 10;
    /** Of a character of a font with a fixed width, at 13 pixels. */
    private static final double CHARACTER = 7.9;

    private static final double SPACING = 26;
    private static final double PADDING = 12;

    record Rectangle(double x, double y, double width, double height) {}

    record Point(double x, double y) {}

    static Layout of(Diagram diagram) {
        // Outside Eclipse, nothing tells ELK how to copy the values of its own options.
        LayoutMetaDataService.initElkReflect();
        var root = ElkGraphUtil.createGraph();
        root.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, SPACING);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, SPACING);
        root.setProperty(LayeredOptions.PADDING, new ElkPadding(PADDING));
        root.setProperty(LayeredOptions.RANDOM_SEED, 1);
        var nodes = new HashMap<String, ElkNode>();
        for (var box : diagram.boxes()) {
            var node = ElkGraphUtil.createNode(root);
            node.setDimensions(width(box), (box.lines().size() + 1) * LINE + MARGIN);
            nodes.put(box.name(), node);
        }
        var edges = new ArrayList<ElkEdge>();
        for (var arrow : diagram.arrows()) {
            var edge = ElkGraphUtil.createSimpleEdge(nodes.get(arrow.from()), nodes.get(arrow.to()));
            edges.add(edge);
        }
        new LayeredLayoutProvider().layout(root, new BasicProgressMonitor());
        var rectangles = new LinkedHashMap<String, Rectangle>();
        diagram.boxes()
                .forEach(box -> rectangles.put(box.name(), rectangle(Objects.requireNonNull(nodes.get(box.name())))));
        var note = diagram.notes().stream().mapToInt(String::length).max().orElse(0) * CHARACTER + 2 * MARGIN;
        return new Layout(
                Math.max(root.getWidth(), note),
                root.getHeight() + diagram.notes().size() * LINE + MARGIN,
                rectangles,
                edges.stream().map(Layout::points).toList());
    }

    private static double width(Diagram.Box box) {
        var longest = box.lines().stream().mapToInt(String::length).max().orElse(0);
        return Math.max(box.name().length(), longest) * CHARACTER + 2 * MARGIN;
    }

    private static Rectangle rectangle(ElkNode node) {
        return new Rectangle(node.getX(), node.getY(), node.getWidth(), node.getHeight());
    }

    private static List<Point> points(ElkEdge edge) {
        var section = edge.getSections().getFirst();
        var points = new ArrayList<Point>();
        points.add(new Point(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
        points.add(new Point(section.getEndX(), section.getEndY()));
        return List.copyOf(points);
    }
}
