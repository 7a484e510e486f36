package io.functionenvironment.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.browser.Tab;
import io.functionenvironment.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A screen on which pages are looked at. */
record Screen(String name, int width, int height, boolean phone) {
    static final Screen DESKTOP = new Screen("desktop", 1280, 900, false);
    static final Screen PHONE = new Screen("phone", 390, 844, true);
    private static final Path AXE = Path.of("target/web/node_modules/axe-core/axe.min.js");

    void show(Tab tab, boolean dark) {
        tab.screen(width, height, phone);
        tab.prefer(dark);
    }

    /** With all rules of axe-core about WCAG 2.2 at the levels A and AA. No page is wider than its screen. */
    static void assertAccessible(Tab tab) throws IOException {
        tab.evaluate(Files.readString(AXE));
        assertEquals(List.of(), violations(tab));
        assertEquals(
                "",
                tab.text(
                        "document.documentElement.scrollWidth > innerWidth ? `${document.documentElement.scrollWidth} pixels"
                                + " wide, on ${innerWidth}` : ''"));
    }

    private static List<String> violations(Tab tab) {
        var found = tab.evaluate("""
                axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
                  .then(result => result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))""");
        return ((Json.Arr) found)
                .items().stream().map(item -> ((Json.Text) item).value()).toList();
    }
}
