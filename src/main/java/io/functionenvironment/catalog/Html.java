package io.functionenvironment.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A part of a page. Texts and attributes are escaped when it is written, so no input can become markup. */
sealed interface Html {
    /** Elements without content, which HTML does not close. */
    Set<String> VOID = Set.of("input", "link", "meta");

    /**
     * An element.
     *
     * @param attributes in the order in which they are written; one with an empty value is written as its name alone
     */
    record Element(String name, Map<String, String> attributes, List<Html> content) implements Html {
        /** The same element with a further attribute. */
        Element with(String attribute, String value) {
            var more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(name, more, content);
        }
    }

    record Text(String text) implements Html {}

    /** Markup that was written by this program. */
    record Markup(String markup) implements Html {}

    static Element element(String name, Html... content) {
        return element(name, Arrays.asList(content));
    }

    static Element element(String name, List<Html> content) {
        return new Element(name, Map.of(), content);
    }

    static Element element(String name, String text) {
        return element(name, new Text(text));
    }

    static Element link(String address, String text) {
        return element("a", text).with("href", address);
    }

    static Element code(String text) {
        return element("code", text);
    }

    /** Elements one after the other, without those that are empty. */
    static List<Html> all(List<List<Html>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    /** Text in which what stands between backticks is code, as in Markdown. */
    static List<Html> prose(String text) {
        var parts = text.split("`", -1);
        var content = new ArrayList<Html>();
        for (var i = 0; i < parts.length; i++) {
            // An odd number of backticks leaves the last one as it is.
            var code = i % 2 == 1 && i < parts.length - 1;
            if (code) {
                content.add(code(parts[i].replace("\\|", "|")));
            } else if (!parts[i].isEmpty()) {
                content.add(new Text((i % 2 == 1 ? "`" : "") + parts[i]));
            }
        }
        return List.copyOf(content);
    }

    /** A table whose cells know the name of their column, for narrow screens, on which each row becomes a block. */
    static Element table(List<String> columns, Stream<List<List<Html>>> rows) {
        return element(
                "table",
                element(
                        "thead",
                        element(
                                "tr",
                                columns.stream()
                                        .<Html>map(
                                                column -> element("th", column).with("scope", "col"))
                                        .toList())),
                element("tbody", rows.<Html>map(row -> row(columns, row)).toList()));
    }

    private static Element row(List<String> columns, List<List<Html>> cells) {
        var content = new ArrayList<Html>();
        for (var i = 0; i < cells.size(); i++) {
            content.add(
                    i == 0
                            ? element("th", cells.get(i)).with("scope", "row")
                            : element("td", cells.get(i)).with("data-column", columns.get(i)));
        }
        return element("tr", content);
    }

    /** As it is written into a file. */
    default String write() {
        var out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        switch (this) {
            case Text(var text) -> out.append(escape(text));
            case Markup(var markup) -> out.append(markup);
            case Element(var name, var attributes, var content) -> {
                out.append('<').append(name);
                attributes.forEach((attribute, value) -> {
                    out.append(' ').append(attribute);
                    if (!value.isEmpty()) {
                        out.append("=\"").append(escape(value)).append('"');
                    }
                });
                out.append('>');
                content.forEach(part -> part.write(out));
                if (!VOID.contains(name)) {
                    out.append("</").append(name).append('>');
                }
            }
        }
    }

    /** Text in which no character is markup. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
