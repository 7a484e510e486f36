package io.functionenvironment.diagram;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.diagram.Diagram.Arrow;
import io.functionenvironment.diagram.Diagram.Box;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes a placed diagram as SVG, in colours that follow the reader's preference for light or dark. */
record Drawing(Diagram diagram, Layout layout) {
    /** The colours of text have a contrast of more than 4.5 to 1 in both schemes. */
    private static final String STYLE = """
            .environment-diagram{--ink:#1b1f24;--line:#57606a;--plain:#f6f8fa;--strong:#ddf4ff;--faint:#ffffff}
            .environment-diagram text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:var(--ink)}
            .environment-diagram .name{font-weight:bold}
            .environment-diagram rect{stroke:var(--line);fill:var(--plain)}
            .environment-diagram .emphasized rect{fill:var(--strong);stroke-width:2}
            .environment-diagram .faint rect{fill:var(--faint);stroke-dasharray:4 3}
            .environment-diagram polyline{fill:none;stroke:var(--line);stroke-width:1.5}
            .environment-diagram .dashed{stroke-dasharray:6 4}
            .environment-diagram marker path{fill:var(--line)}
            @media (prefers-color-scheme:dark){
            .environment-diagram{--ink:#e6edf3;--line:#9198a1;--plain:#161b22;--strong:#0c2d6b;--faint:#0d1117}}
            """;

    String svg() {
        // A number of its own, so that several diagrams can be in one page. That of a text, because an enum has another
        // in each run.
        var id = "diagram-" + Integer.toHexString(diagram.description().hashCode());
        var out = new StringBuilder();
        out.append("""
                <svg xmlns="http://www.w3.org/2000/svg" class="environment-diagram" role="img" aria-labelledby="%s-title %s-text" \
                width="%s" height="%s" viewBox="0 0 %s %s">
                <title id="%s-title">%s</title>
                <desc id="%s-text">%s</desc>
                <style>
                %s</style>
                <defs><marker id="%s-head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" \
                orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
                """.formatted(
                        id,
                        id,
                        number(layout.width()),
                        number(layout.height()),
                        number(layout.width()),
                        number(layout.height()),
                        id,
                        escape(diagram.title()),
                        id,
                        escape(diagram.description()),
                        STYLE,
                        id));
        for (var i = 0; i < diagram.arrows().size(); i++) {
            arrow(diagram.arrows().get(i), layout.arrows().get(i), id, out);
        }
        diagram.boxes().forEach(box -> box(box, out));
        for (var i = 0; i < diagram.notes().size(); i++) {
            var fromBelow = (diagram.notes().size() - i) * Layout.LINE;
            out.append("<text class=\"note\" x=\"%s\" y=\"%s\">%s</text>\n"
                    .formatted(
                            Layout.MARGIN,
                            number(layout.height() - fromBelow),
                            escape(diagram.notes().get(i))));
        }
        return out.append("</svg>\n").toString();
    }

    private static void arrow(Arrow arrow, List<Layout.Point> points, String id, StringBuilder out) {
        out.append("<polyline class=\"%s\" marker-end=\"url(#%s-head)\" points=\"%s\"/>\n"
                .formatted(
                        word(arrow.style()),
                        id,
                        points.stream()
                                .map(point -> number(point.x()) + "," + number(point.y()))
                                .collect(joining(" "))));
    }

    private void box(Box box, StringBuilder out) {
        var place = Objects.requireNonNull(layout.boxes().get(box.name()));
        out.append("<g class=\"%s\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\"/>\n"
                .formatted(
                        word(box.style()),
                        number(place.x()),
                        number(place.y()),
                        number(place.width()),
                        number(place.height())));
        line(place, 0, "name", box.name(), out);
        for (var i = 0; i < box.lines().size(); i++) {
            line(place, i + 1, "line", box.lines().get(i), out);
        }
        out.append("</g>\n");
    }

    private static void line(Layout.Rectangle place, int index, String style, String text, StringBuilder out) {
        out.append("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
                .formatted(
                        style,
                        number(place.x() + Layout.MARGIN),
                        number(place.y() + (index + 1) * Layout.LINE),
                        escape(text)));
    }

    private static String word(Enum<?> style) {
        return style.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
