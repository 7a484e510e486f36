package io.functionenvironment.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.browser.FormDriver;
import io.functionenvironment.browser.Tab;
import io.functionenvironment.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The choice of a team, in a real Chromium, in a site that is opened as a file, with the rules of {@code examples/teams}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogTeamsBrowserTest {
    private static final int TAB = 9;
    private static final int DOWN = 40;
    private static final String OTHERS = "";

    private final CatalogBrowser browser;

    CatalogTeamsBrowserTest() throws IOException {
        browser = CatalogBrowser.start(CatalogSite.ofTeams());
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
    }

    private Tab environment() {
        return browser.open(browser.site().environment());
    }

    private Tab index() {
        var tab = browser.browser().tab();
        tab.open(browser.site().address(Site.INDEX));
        return tab;
    }

    private static void choose(Tab tab, String team) {
        tab.evaluate("""
                { const team = document.getElementById('team');
                  team.value = '%s';
                  team.dispatchEvent(new Event('change', { bubbles: true })) }""".formatted(team));
    }

    private static String chosen(Tab tab) {
        return tab.text("document.getElementById('team').value");
    }

    /** The titles of the rules that can be seen. */
    private static List<String> shown(Tab tab) {
        return texts(
                tab.evaluate(
                        "[...document.querySelectorAll('#offer h3')].filter(title => title.checkVisibility()).map(title => title.textContent)"));
    }

    /** What the control of a field suggests. */
    private static List<String> suggested(Tab tab, String path) {
        return texts(tab.evaluate("""
                [...[...document.querySelectorAll('[data-path]')].find(part => part.dataset.path === '%s')
                  .querySelector('input').list.options].map(option => option.value)""".formatted(path)));
    }

    private static List<String> texts(Json list) {
        return ((Json.Arr) list)
                .items().stream().map(item -> ((Json.Text) item).value()).toList();
    }

    private static String status(Tab tab) {
        return tab.text("document.getElementById('status').textContent");
    }

    /** Types the namespace, and leaves its control. */
    private static void namespace(Tab tab, String namespace) {
        tab.evaluate("""
                { const input = document.querySelector('[data-path="metadata.namespace"] input'); input.focus(); input.select() }""");
        tab.type(namespace);
        tab.press("Tab", TAB);
    }

    @TestFactory
    Stream<DynamicTest> eachPageShowsTheRulesOfTheChosenTeam() {
        return Stream.of(Site.INDEX, browser.site().environment().page())
                .map(page -> DynamicTest.dynamicTest(page, () -> {
                    var tab = browser.browser().tab();
                    tab.open(browser.site().address(page));
                    assertEquals(List.of("Rules of all that are in no team"), shown(tab));
                    choose(tab, "payments");
                    assertEquals(List.of("Rules of team payments"), shown(tab));
                    choose(tab, OTHERS);
                    assertEquals(List.of("Rules of all that are in no team"), shown(tab));
                }));
    }

    @Test
    void theTeamCanBeChosenWithTheKeyboard() {
        var tab = index();
        tab.evaluate("document.getElementById('team').focus()");
        tab.press("ArrowDown", DOWN);
        assertEquals("payments-trial", chosen(tab));
        assertEquals(List.of("Rules of team payments-trial"), shown(tab));
    }

    @Test
    void theFormSuggestsWhatTheChosenTeamMayUse() {
        var tab = environment();
        new FormDriver(tab).fill("spec.apps", new Json.Arr(List.of(Json.obj(Json.field("name", "a")))));
        assertEquals(List.of("small", "medium", "large"), suggested(tab, "spec.size"));
        assertEquals(List.of("podinfo"), suggested(tab, "spec.apps[0].name"));
        assertEquals(List.of(), suggested(tab, "metadata.namespace"));
        choose(tab, "payments-trial");
        assertEquals(List.of("small"), suggested(tab, "spec.size"));
        assertEquals(List.of("payments-trial"), suggested(tab, "metadata.namespace"));
        choose(tab, "payments");
        assertEquals(List.of("podinfo", "ledger"), suggested(tab, "spec.apps[0].name"));
        assertEquals(List.of("payments"), suggested(tab, "metadata.namespace"));
    }

    @Test
    void theNamespaceInTheFormDecidesAsOnThePlatform() {
        var tab = environment();
        choose(tab, "payments");
        namespace(tab, "payments-trial");
        assertEquals("payments-trial", chosen(tab));
        assertEquals(
                "In the namespace payments-trial, the rules of team payments-trial apply. The page shows them.",
                status(tab));
        namespace(tab, "payments-eu");
        assertEquals("payments", chosen(tab));
        assertEquals(List.of("podinfo", "ledger"), suggestedByPaste(tab));
        namespace(tab, "orders");
        assertEquals(OTHERS, chosen(tab));
        assertEquals(
                "In the namespace orders, the rules of all that are in no team apply. The page shows them.",
                status(tab));
    }

    /** What a control suggests that is only there after a manifest was pasted. */
    private static List<String> suggestedByPaste(Tab tab) {
        var form = new FormDriver(tab);
        form.paste(form.manifest() + "spec: {apps: [{name: a}]}\n");
        return suggested(tab, "spec.apps[0].name");
    }

    @Test
    void otherRulesThanThoseOfTheNamespaceCanBeReadAndThePageSaysSo() {
        var tab = environment();
        namespace(tab, "payments");
        choose(tab, "payments-trial");
        assertEquals("In the namespace payments, not these rules apply, but those of team payments.", status(tab));
        choose(tab, "payments");
        assertEquals("", status(tab));
    }

    @Test
    void anExampleShowsTheRulesOfItsNamespace() {
        var tab = environment();
        tab.evaluate("""
                [...document.querySelectorAll('#examples > details')]
                  .find(example => example.querySelector('summary').textContent === 'teams').querySelector('button').click()""");
        assertEquals("payments", chosen(tab));
    }

    @TestFactory
    Stream<DynamicTest> eachPageIsAccessibleWithTheChoice() {
        var tab = browser.browser().tab();
        return Stream.of(Site.INDEX, browser.site().environment().page())
                .flatMap(page -> Stream.of(Screen.DESKTOP, Screen.PHONE)
                        .flatMap(screen -> Stream.of(false, true)
                                .map(dark -> DynamicTest.dynamicTest(
                                        page + ", " + screen.name() + ", " + (dark ? "dark" : "light"), () -> {
                                            screen.show(tab, dark);
                                            tab.open(browser.site().address(page));
                                            choose(tab, "payments");
                                            Screen.assertAccessible(tab);
                                            if (Boolean.getBoolean("screenshots") && page.equals(Site.INDEX)) {
                                                screenshot(tab, screen, dark);
                                            }
                                        }))));
    }

    private static void screenshot(Tab tab, Screen screen, boolean dark) throws IOException {
        if (screen.phone() == dark) {
            tab.evaluate("document.getElementById('teams').scrollIntoView()");
            Files.write(Path.of("docs/images/catalog-teams-%s.png".formatted(screen.name())), tab.screenshot());
        }
    }
}
