package io.functionenvironment.catalog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.browser.Chromium;
import io.functionenvironment.browser.FormDriver;
import io.functionenvironment.browser.Tab;
import java.io.IOException;

/** A browser with a site. Tests are skipped where there is none, unless REQUIRE_BROWSER is true. */
record CatalogBrowser(CatalogSite site, Chromium browser) implements AutoCloseable {

    static CatalogBrowser start(CatalogSite site) throws IOException {
        var program = Chromium.program();
        var required = "true".equals(System.getenv("REQUIRE_BROWSER"));
        assumeTrue(program.isPresent() || required, "skipped: there is no Chromium in PATH");
        assumeTrue(Site.hasForms() || required, "skipped: npm was missing for the script of the form");
        site.write();
        return new CatalogBrowser(site, Chromium.start(program.orElseThrow()));
    }

    /** A new tab with the page of a type, as a file. */
    Tab open(RequestableType type) {
        var tab = browser.tab();
        tab.open(site.page(type));
        return tab;
    }

    FormDriver form(RequestableType type) {
        return new FormDriver(open(type));
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
