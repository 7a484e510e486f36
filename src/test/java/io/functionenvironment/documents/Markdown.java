package io.functionenvironment.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown document. */
public record Markdown(Path file, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);

    /**
     * A link within the repository.
     *
     * @param file empty for the same file
     * @param anchor of a heading; empty for the whole file
     */
    public record Link(String file, String anchor) {}

    /** All documents. */
    static List<Markdown> all() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("bench", "README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Markdown::read)
                    .toList();
        }
    }

    public static Markdown read(Path file) {
        try {
            return new Markdown(file, Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** The contents of the fenced blocks of a language. */
    public List<String> blocks(String language) {
        return FENCED.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(language))
                .map(found -> found.group(2))
                .toList();
    }

    List<Link> links() {
        return LINK.matcher(CODE.matcher(prose()).replaceAll(""))
                .results()
                .map(found -> new Link(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .toList();
    }

    List<String> headings() {
        return HEADING.matcher(prose()).results().map(found -> found.group(1)).toList();
    }

    /** The section of a heading of the second level, up to the next one. */
    public String section(String heading) {
        var from = text.indexOf("\n## " + heading + "\n");
        if (from < 0) {
            throw new IllegalStateException("%s has no heading \"%s\"".formatted(file, heading));
        }
        var to = text.indexOf("\n## ", from + 1);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }

    /** The cells of the rows of all tables in a text; the head of each table is its first row. */
    public static List<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> List.of(line.substring(2, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1)).stream()
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }
}
