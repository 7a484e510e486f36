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

    /** @param script whether the site has the script that shows the rules of one team */
    static String of(List<RequestableType> types, Offers offers, boolean script) {
        var content = new ArrayList<Html>();
        content.add(element("h1", "Catalog"));
        content.add(
                element("p", "What you can request on this platform. Each type has a form that writes its manifest."));
        content.add(element("ul", types.stream().map(IndexPage::card).toList()).with("class", "types"));
        var about = types.stream().filter(Offer::isAbout).findFirst();
        about.ifPresent(type -> {
            content.addAll(TeamChoice.of(offers));
            content.add(OfferSection.of(offers, type));
        });
        var choice = script && about.isPresent() && !offers.teams().isEmpty();
        return Page.of("Catalog", choice ? List.of(Site.script()) : List.of(), content);
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
