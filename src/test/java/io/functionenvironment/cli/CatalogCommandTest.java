package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code environment catalog} reads and writes. */
class CatalogCommandTest {
    private static final String DEFINITION = "package/configuration/definition.yaml";
    private static final String PAGE = "environments.platform.internal.html";
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private int run(String... arguments) {
        err.reset();
        var all = new ArrayList<>(
                List.of("catalog", "--out", folder.resolve("site").toString()));
        all.addAll(Arrays.asList(arguments));
        return Main.run(
                all,
                new Terminal(
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false));
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String page(String name) throws IOException {
        return Files.readString(folder.resolve("site").resolve(name));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aDefinitionInAFileHasAPage() throws IOException {
        assertEquals(0, run(DEFINITION), this::err);
        assertTrue(page("index.html").contains(PAGE));
        assertTrue(page(PAGE).contains("<h1>Environment</h1>"));
    }

    @Test
    void aDirectoryIsReadWithAllItsDefinitions() throws IOException {
        assertEquals(0, run("package/configuration", "examples/own-kind"), this::err);
        assertTrue(page("index.html").contains(PAGE));
        assertTrue(page("index.html").contains("sandboxes.sandbox.example.org.html"));
    }

    @Test
    void theListThatKubectlPrintsIsRead() throws IOException {
        var items = Files.readString(Path.of(DEFINITION)).indent(4).replaceFirst("   ", "  -");
        assertEquals(0, run(file("list.yaml", "apiVersion: v1\nkind: List\nitems:\n" + items)), this::err);
        assertTrue(page("index.html").contains(PAGE));
    }

    @Test
    void namesThatAreNoNamesAreRefusedBeforeTheyAreLinksOrFiles() throws IOException {
        var definition = Files.readString(Path.of(DEFINITION));
        for (var plural : List.of("javascript:alert(1);x", "../../x")) {
            var bad = file("bad.yaml", definition.replace("plural: environments", "plural: '" + plural + "'"));
            assertEquals(2, run(bad));
            assertEquals(
                    bad + ": spec.names.plural: is \"" + plural + "\"; must be lower-case letters, digits and '-'\n",
                    err());
        }
        var group = file("group.yaml", definition.replace("group: platform.internal", "group: ../x"));
        assertEquals(2, run(group));
        assertEquals(
                group + ": spec.group: is \"../x\"; must be lower-case letters, digits and '-', with '.' between, like"
                        + " platform.internal\n",
                err());
        var kind = file("kind.yaml", definition.replace("kind: Environment\n", "kind: <b>\n"));
        assertEquals(2, run(kind));
        assertEquals(kind + ": spec.names.kind: is \"<b>\"; must be letters and digits, like Environment\n", err());
        assertFalse(Files.exists(folder.resolve("site")));
    }

    @Test
    void aPackageIsReadWithTheDefinitionsInItsLayer() throws IOException {
        var layer = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(layer)) {
            compressed.write(tar("package.yaml", Files.readAllBytes(Path.of(DEFINITION))));
        }
        var image = folder.resolve("configuration.xpkg");
        Files.write(image, tar("sha256-1.tar.gz", layer.toByteArray()));
        assertEquals(0, run(image.toString()), this::err);
        assertTrue(page("index.html").contains(PAGE));
    }

    @Test
    void aFileThatIsNoPackageIsRefused() throws IOException {
        assertEquals(2, run(file("broken.xpkg", "x".repeat(BLOCK))));
        assertTrue(err().contains("broken.xpkg: cannot read the package: is not a tar archive"), err());
    }

    /** An archive with one file. */
    private static byte[] tar(String name, byte[] content) {
        var archive = new byte[BLOCK + (content.length + BLOCK - 1) / BLOCK * BLOCK + 2 * BLOCK];
        var header = "%s%s%011o".formatted(name, "\0".repeat(124 - name.length()), content.length);
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, archive, 0, header.length());
        archive[156] = '0';
        System.arraycopy(content, 0, archive, BLOCK, content.length);
        return archive;
    }

    @Test
    void anExampleIsOnThePageWithItsDiagram() throws IOException {
        assertEquals(0, run(DEFINITION, "--example", "examples/hello"), this::err);
        assertTrue(page(PAGE).contains("<summary>hello</summary>"));
        assertTrue(page(PAGE).contains("<title id=\"diagram-"));
    }

    @Test
    void settingsAreWhatThePlatformOffers() throws IOException {
        assertEquals(0, run(DEFINITION, "--settings", "examples/platform/settings.yaml"), this::err);
        assertTrue(page("index.html").contains(">tiny<"));
        assertFalse(page("index.html").contains(">large<"));
        assertEquals(1, run(DEFINITION, "--settings", "examples/rejected-settings/domain.yaml"));
        assertTrue(err().contains("domain.yaml: Settings spec.domain: "), err());
    }

    @Test
    void whatEachTeamMayUseIsOnThePages() throws IOException {
        assertEquals(0, run(DEFINITION, "--settings", "examples/teams/settings.yaml"), this::err);
        for (var page : List.of("index.html", PAGE)) {
            assertTrue(page(page).contains("<h3>Rules of team payments-trial</h3>"), page);
            assertTrue(page(page)
                    .contains("<td data-column=\"Meaning\">The ledger, which only payments may install.</td>"));
        }
    }

    @Test
    void anExampleThatIsInvalidIsRefused() {
        assertEquals(1, run(DEFINITION, "--example", "examples/rejected/app-twice.yaml"));
        assertTrue(err().contains("app-twice.yaml: spec.apps[1]: "), err());
        assertEquals(1, run(DEFINITION, "--example", "examples/platform/settings.yaml"));
        assertTrue(err().contains("contains no object of the types that the definitions define"), err());
    }

    @Test
    void aFileWithoutDefinitionsIsRefused() {
        assertEquals(2, run("examples/hello"));
        assertTrue(err().contains("examples/hello: contains no CompositeResourceDefinition"), err());
        assertEquals(2, run("examples/nowhere.yaml"));
        assertTrue(err().contains("examples/nowhere.yaml: no such file"), err());
    }
}
