package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the documents name exists. */
class DocumentsTest {
    /** A file of this repository, as it stands in a command or in a sentence. */
    private static final Pattern PATH = Pattern.compile(
            "(?<![\\w/.:-])(?:\\.ci|bench|docs|e2e|examples|package|proto|src)/[\\w./*-]*[\\w*]|(?<![\\w/])\\./(?:environment|mvnw)");

    private static final Pattern TEST = Pattern.compile("-Dtest=(\\w+)");

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return faultless(document -> document.links().stream()
                .filter(link -> !leads(document, link))
                .map(link -> link.file() + (link.anchor().isEmpty() ? "" : "#" + link.anchor()))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyFileThatIsNamedExists() throws IOException {
        return faultless(document -> PATH.matcher(document.text().replaceAll("\\]\\([^)]*\\)", "]"))
                .results()
                .map(found -> found.group())
                .distinct()
                .filter(path -> !exists(path))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyTestThatIsNamedExists() throws IOException {
        return faultless(document -> TEST.matcher(document.text())
                .results()
                .map(found -> found.group(1))
                .filter(test -> !exists("src/test/java/**/" + test + ".java"))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyYamlCanBeRead() throws IOException {
        return faultless(document -> {
            var faults = new ArrayList<String>();
            for (var block : document.blocks("yaml")) {
                try {
                    if (Yaml.documents(block).isEmpty()) {
                        faults.add("an empty block");
                    }
                } catch (UncheckedIOException unreadable) {
                    faults.add(block + unreadable.getMessage());
                }
            }
            return faults;
        });
    }

    private static Stream<DynamicTest> faultless(Function<Markdown, List<String>> faults) throws IOException {
        return Markdown.all().stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.file().toString(), () -> assertEquals(List.of(), faults.apply(document))));
    }

    private static boolean leads(Markdown from, Markdown.Link link) {
        var target = link.file().isEmpty()
                ? from.file()
                : from.file().resolveSibling(link.file()).normalize();
        return Files.exists(target)
                && (link.anchor().isEmpty() || Anchors.in(Markdown.read(target)).contains(link.anchor()));
    }

    private static boolean exists(String path) {
        if (!path.contains("*")) {
            return Files.exists(Path.of(path));
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        try (var files = Files.walk(Path.of(path.substring(0, path.indexOf('/'))))) {
            return files.anyMatch(matcher::matches);
        } catch (IOException e) {
            throw new IllegalStateException("cannot list files: run this with ./mvnw, from the top", e);
        }
    }
}
