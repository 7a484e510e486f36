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

/** The links, files, tests and YAML in the documents exist and are valid. */
class DocumentsTest {
    /** The path of a file of this repository, in a command or in a sentence. */
    private static final Pattern PATH = Pattern.compile(
            "(?<![\\w/.:-])(?:\\.ci|bench|docs|e2e|examples|package|proto|src)/[\\w./*-]*[\\w*]|(?<![\\w/])\\./(?:environment|mvnw)");

    private static final Pattern TEST = Pattern.compile("-Dtest=(\\w+)");

    @TestFactory
    Stream<DynamicTest> everyLinkHasATarget() throws IOException {
        return withoutErrors(document -> document.links().stream()
                .filter(link -> !hasTarget(document, link))
                .map(link -> link.file() + (link.anchor().isEmpty() ? "" : "#" + link.anchor()))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyNamedFileExists() throws IOException {
        return withoutErrors(document -> PATH.matcher(document.text().replaceAll("\\]\\([^)]*\\)", "]"))
                .results()
                .map(found -> found.group())
                .distinct()
                .filter(path -> !exists(path))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyNamedTestExists() throws IOException {
        return withoutErrors(document -> TEST.matcher(document.text())
                .results()
                .map(found -> found.group(1))
                .filter(test -> !exists("src/test/java/**/" + test + ".java"))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyYamlBlockIsValidYaml() throws IOException {
        return withoutErrors(document -> {
            var errors = new ArrayList<String>();
            for (var block : document.blocks("yaml")) {
                try {
                    if (Yaml.documents(block).isEmpty()) {
                        errors.add("an empty block");
                    }
                } catch (UncheckedIOException unreadable) {
                    errors.add(block + unreadable.getMessage());
                }
            }
            return errors;
        });
    }

    private static Stream<DynamicTest> withoutErrors(Function<Markdown, List<String>> errors) throws IOException {
        return Markdown.all().stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.file().toString(), () -> assertEquals(List.of(), errors.apply(document))));
    }

    private static boolean hasTarget(Markdown from, Markdown.Link link) {
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
            throw new IllegalStateException("cannot list files; run this test with ./mvnw in the repository's root", e);
        }
    }
}
