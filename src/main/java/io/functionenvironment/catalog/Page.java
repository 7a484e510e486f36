package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.link;

import java.util.List;

/** What all pages have in common. */
final class Page {
    private Page() {}

    /**
     * A page.
     *
     * @param title of the page, in the title bar
     * @param head what else belongs into its head
     */
    static String of(String title, List<Html> head, List<Html> main) {
        var page = element(
                        "html",
                        element(
                                "head",
                                Html.all(List.of(
                                        List.of(
                                                element("meta").with("charset", "utf-8"),
                                                element("meta")
                                                        .with("name", "viewport")
                                                        .with("content", "width=device-width, initial-scale=1"),
                                                element("meta")
                                                        .with("name", "color-scheme")
                                                        .with("content", "light dark"),
                                                element("title", title),
                                                element("link")
                                                        .with("rel", "stylesheet")
                                                        .with("href", "catalog.css")),
                                        head))),
                        element(
                                "body",
                                link("#main", "Skip to the content").with("class", "skip"),
                                element(
                                        "header",
                                        element("nav", link(Site.INDEX, "Catalog"))
                                                .with("aria-label", "Pages")),
                                element("main", main).with("id", "main"),
                                element("footer", element("p", link(Site.LICENCES, "Licences of the libraries")))))
                .with("lang", "en");
        return "<!DOCTYPE html>\n" + page.write() + "\n";
    }
}
