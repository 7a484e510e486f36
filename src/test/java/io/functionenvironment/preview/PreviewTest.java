package io.functionenvironment.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people read; {@code ./mvnw test -Dtest=PreviewTest -Dgolden.update=true} writes the texts beside the examples anew. */
class PreviewTest {
    private static final Path EXAMPLES = Path.of("examples");

    @Test
    void anEnvironmentComesUpStepByStep() throws IOException {
        golden("hello", "preview.txt", wish("hello", List.of()));
    }

    @Test
    void anAppThatFailsHoldsUpThoseThatDependOnIt() throws IOException {
        golden(
                "apps",
                "preview-failing.txt",
                wish("apps", List.of(new PreviewRequest.Failing("backend", Optional.of("Init:Error")))));
    }

    @Test
    void aClusterThatNeverStartsIsToldOf() throws IOException {
        var story = Preview.of(wish("hello", List.of(new PreviewRequest.Failing("cluster", Optional.empty()))));
        assertFalse(story.ready());
        assertTrue(
                story.missing().stream().anyMatch(line -> line.startsWith("ClusterReady: ")),
                () -> "" + story.missing());
    }

    @Test
    void theSameFilesGiveTheSameStory() throws IOException {
        assertEquals(Preview.of(wish("apps", List.of())), Preview.of(wish("apps", List.of())));
    }

    @Test
    void aPassCanBeTheLast() throws IOException {
        var all = wish("hello", List.of());
        var first = Preview.of(
                new PreviewRequest(all.environment(), all.input(), all.config(), all.failures(), Optional.of(1)));
        assertEquals(2, first.calls(), "the second brings what the first asked for");
        assertTrue(first.resources().stream().anyMatch(body -> body.text("kind").equals(Optional.of("Object"))));
        assertTrue(
                first.resources().stream().noneMatch(body -> body.text("kind").equals(Optional.of("Release"))));
    }

    @Test
    void resourcesAreWrittenAsDocuments() throws IOException {
        var story = Preview.of(wish("hello", List.of()));
        var documents = Yaml.documents(YamlView.of(story));
        assertEquals(story.resources(), documents);
        assertTrue(documents.stream()
                .allMatch(document -> document.text("metadata", "name").isPresent()));
    }

    @Test
    void inALogThereIsNothingButAscii() throws IOException {
        var text = TextView.of(Preview.of(wish("apps", List.of())), Style.PLAIN);
        assertTrue(text.chars().allMatch(each -> each == '\n' || (each >= ' ' && each < 127)), text);
    }

    @Test
    void aPersonSeesColours() throws IOException {
        var text = TextView.of(Preview.of(wish("hello", List.of())), new Style(true, true));
        assertTrue(text.contains("\u001b[32m✓ "), text);
    }

    private static void golden(String example, String name, PreviewRequest wish) throws IOException {
        var file = EXAMPLES.resolve(example).resolve(name);
        var text = TextView.of(Preview.of(wish), Style.PLAIN);
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    private static PreviewRequest wish(String example, List<PreviewRequest.Failing> failures) throws IOException {
        var folder = EXAMPLES.resolve(example);
        var settings = folder.resolve("settings.yaml");
        return new PreviewRequest(
                document(folder.resolve("environment.yaml")),
                Optional.empty(),
                Files.exists(settings) ? Optional.of(document(settings)) : Optional.empty(),
                failures,
                Optional.empty());
    }

    private static Json.Obj document(Path file) throws IOException {
        return (Json.Obj) Yaml.documents(Files.readString(file)).getFirst();
    }
}
