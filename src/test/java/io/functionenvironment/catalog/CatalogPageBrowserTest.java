package io.functionenvironment.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.functionenvironment.browser.FormDriver;
import io.functionenvironment.browser.Tab;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The pages of the catalog in a real Chromium: everybody can use them, on every screen. {@code -Dscreenshots=true} writes those
 * in the documents.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogPageBrowserTest {
    private static final int TAB = 9;
    private static final int ENTER = 13;

    private final CatalogBrowser browser;

    CatalogPageBrowserTest() throws IOException {
        browser = CatalogBrowser.start(CatalogSite.ofPlatform());
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
    }

    private Example example(String name) {
        return browser.site().examples().stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> everyPageIsAccessible() {
        var tab = browser.browser().tab();
        return pages().flatMap(page -> Stream.of(Screen.DESKTOP, Screen.PHONE)
                .flatMap(screen -> Stream.of(false, true)
                        .map(dark -> DynamicTest.dynamicTest(
                                page + ", " + screen.name() + ", " + (dark ? "dark" : "light"), () -> {
                                    screen.show(tab, dark);
                                    tab.open(browser.site().address(page));
                                    fillWithProblems(tab);
                                    Screen.assertAccessible(tab);
                                }))));
    }

    private Stream<String> pages() {
        return browser.site().site().files().keySet().stream().filter(file -> file.endsWith(".html"));
    }

    /** With everything open, and with problems. */
    private void fillWithProblems(Tab tab) {
        if (tab.text("String(Boolean(document.getElementById('manifest')))").equals("true")) {
            new FormDriver(tab).paste(example("apps").text().replace("size:", "sizes:"));
            tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
            tab.evaluate("new Promise(resolve => setTimeout(resolve))");
        }
    }

    @Test
    void theFormCanBeFilledWithTheKeyboardAlone() {
        var tab = browser.open(browser.site().environment());
        focus(tab, "name");
        tab.type("dev");
        tab.press("Tab", TAB);
        assertEquals("namespace", focused(tab));
        tab.type("team-a");
        // Past the labels and the spec, which are closed and open.
        for (var next : List.of("labels and annotations", "spec", "size")) {
            tab.press("Tab", TAB);
            assertEquals(next, focused(tab));
        }
        tab.type("small");
        tab.press("Tab", TAB);
        assertEquals("kubernetesVersion", focused(tab));
        tab.press("Tab", TAB);
        assertEquals("Add an item to apps", focused(tab));
        tab.press("Enter", ENTER);
        assertEquals("name required", focused(tab));
        tab.type("podinfo");
        assertEquals(
                List.of(Yaml.documents(example("hello").text()).getFirst()),
                Yaml.documents(new FormDriver(tab).manifest()));
    }

    private static void focus(Tab tab, String label) {
        tab.evaluate("[...document.querySelectorAll('label')].find(label => label.textContent.startsWith('" + label
                + "')).control.focus()");
    }

    /** The label or the text of what has the focus. */
    private static String focused(Tab tab) {
        return tab.text("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()");
    }

    @Test
    void aProblemIsToldBesideItsControlOnceThatIsUsed() {
        var form = browser.form(browser.site().environment());
        assertEquals(List.of(), form.problemsAtControls());
        form.fill("spec.size", new Json.Text("Small"));
        assertEquals(
                List.of("spec.size: is \"Small\"; must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"),
                form.problemsAtControls());
        assertEquals(
                List.of(
                        "spec.size is \"Small\"; must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                        "metadata.name is missing"),
                form.problems());
    }

    @Test
    void aRuleIsToldBesideTheControlsThatViolateIt() {
        var form = browser.form(browser.site().environment());
        form.fill(
                "spec.apps",
                Yaml.documents("[{name: argocd, chart: {name: podinfo}}]").getFirst());
        assertEquals(
                List.of(
                        "spec.apps[0].name: is reserved for an add-on; choose another name",
                        "spec.apps[0].chart: set both repository and name, or neither to use the chart of the catalog"),
                form.problemsAtControls());
    }

    @Test
    void aManifestWithProblemsIsNotCopied() {
        var tab = browser.open(browser.site().environment());
        press(tab, "Copy");
        assertEquals("The manifest is not valid yet.", status(tab));
        assertEquals("name required", focused(tab));
    }

    @Test
    void whatIsCopiedDownloadedAndRequestedIsTheManifest() {
        var tab = browser.open(browser.site().environment());
        var form = new FormDriver(tab);
        tab.evaluate("document.querySelector('#examples button').click()");
        tab.evaluate("""
                Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; return Promise.resolve() } } });
                window.open = address => { window.opened = address };
                URL.createObjectURL = blob => { window.downloaded = blob; return '#' };
                HTMLAnchorElement.prototype.click = function () { window.file = this.download }""");
        press(tab, "Copy");
        assertEquals(form.manifest(), tab.text("window.copied"));
        press(tab, "Download");
        assertEquals(form.manifest(), tab.text("window.downloaded.text()"));
        assertEquals(name(form) + ".yaml", tab.text("window.file"));
        press(tab, "Open a pull request");
        assertEquals(
                "https://git.example.org/platform/environments/new/main?filename=team-a/" + name(form) + ".yaml&value=",
                tab.text("window.opened").replaceFirst("&value=.*", "&value="));
        assertEquals(form.manifest(), tab.text("new URL(window.opened).searchParams.get('value')"));
    }

    private static String name(FormDriver form) {
        return Yaml.documents(form.manifest())
                .getFirst()
                .text("metadata", "name")
                .orElseThrow();
    }

    private static void press(Tab tab, String button) {
        tab.evaluate("[...document.querySelectorAll('.actions button')].find(button => button.textContent === '"
                + button + "').click()");
        tab.evaluate("new Promise(resolve => setTimeout(resolve, 50))");
    }

    private static String status(Tab tab) {
        return tab.text("document.getElementById('status').textContent");
    }

    @Test
    void theFormWorksFromAWebServerThatAllowsNothingElse() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var file = browser.site()
                    .folder()
                    .resolve(exchange.getRequestURI().getPath().substring(1));
            var type = file.toString().endsWith(".js")
                    ? "text/javascript"
                    : file.toString().endsWith(".css") ? "text/css" : "text/html";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'");
            var bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            var type = browser.site().environment();
            var tab = browser.browser().tab();
            tab.open("http://localhost:" + server.getAddress().getPort() + "/" + type.page());
            var form = new FormDriver(tab);
            form.fill((Json.Obj) Yaml.documents(example("hello").text()).getFirst());
            assertTrue(form.isValid());
        } finally {
            server.stop(0);
        }
    }

    @TestFactory
    Stream<DynamicTest> screenshots() {
        var wanted = Boolean.getBoolean("screenshots");
        var tab = browser.browser().tab();
        return Stream.of(Screen.DESKTOP, Screen.PHONE)
                .filter(screen -> wanted)
                .flatMap(screen -> Stream.of("light", "dark")
                        .map(colours -> DynamicTest.dynamicTest(screen.name() + ", " + colours, () -> {
                            screen.show(tab, colours.equals("dark"));
                            tab.open(browser.site().page(browser.site().environment()));
                            new FormDriver(tab).paste(example("hello").text().replace("podinfo", "podInfo"));
                            tab.evaluate("document.getElementById('request').scrollIntoView()");
                            Files.write(
                                    Path.of("docs/images/catalog-%s-%s.png".formatted(screen.name(), colours)),
                                    tab.screenshot());
                        })));
    }
}
