package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.link;
import static io.functionenvironment.catalog.Html.prose;

import io.functionenvironment.catalog.Html.Text;
import java.util.ArrayList;
import java.util.List;

/** The first page: every type that can be requested. */
final class IndexPage {
    private IndexPage() {}

    static String of(List<RequestableType> types, Offer offer) {
        var content = new ArrayList<Html>();
        content.add(element("h1", "Catalog"));
        content.add(
                element("p", "What you can request on this platform. Each type has a form that writes its manifest."));
        content.add(element("ul", types.stream().map(IndexPage::card).toList()).with("class", "types"));
        types.stream().filter(Offer::isAbout).findFirst().ifPresent(type -> content.add(OfferSection.of(offer, type)));
        return Page.of("Catalog", List.of(), content);
    }

    private static Html card(RequestableType type) {
        var names = type.names().isEmpty() ? "" : ", short name " + String.join(", ", type.names());
        return element(
                "li",
                element("h2", link(type.page(), type.kind())),
                element("p", prose(type.description())),
                element("p", new Text(type.apiVersion() + names)).with("class", "note"));
    }
}
