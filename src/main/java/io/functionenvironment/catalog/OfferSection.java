package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.prose;

import io.functionenvironment.catalog.Html.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** The part of a page that shows what a platform offers: sizes, charts, add-ons and limits. */
final class OfferSection {
    private OfferSection() {}

    /** @param type the fields of which request an add-on, and say what it is */
    static Html of(Offer offer, RequestableType type) {
        return element(
                        "section",
                        Html.all(List.of(
                                List.of(element("h2", "What this platform offers")),
                                sizes(offer),
                                charts(offer),
                                addons(offer, type),
                                limits(offer))))
                .with("id", "offer");
    }

    private static List<Html> sizes(Offer offer) {
        var names = new LinkedHashSet<String>();
        offer.sizes().values().forEach(facts -> names.addAll(facts.keySet()));
        var columns = new ArrayList<>(List.of("Size"));
        names.forEach(name -> columns.add(inWords(name)));
        return List.of(
                element("h3", "Sizes"),
                element(
                        "p",
                        prose(
                                "`spec.size` decides how much the apps may use. Values of `controlPlane` come in addition.")),
                Html.table(
                        columns,
                        offer.sizes().entrySet().stream()
                                .map(size -> Stream.concat(
                                                Stream.of(size.getKey()),
                                                names.stream()
                                                        .map(name ->
                                                                size.getValue().getOrDefault(name, "–")))
                                        .map(OfferSection::cell)
                                        .toList())));
    }

    /** Without the kind of cluster, which all facts of a size have in common. */
    private static String inWords(String fact) {
        return fact.startsWith("vcluster.") ? fact.substring("vcluster.".length()) : fact;
    }

    private static List<Html> charts(Offer offer) {
        var everywhere = offer.everywhere().isEmpty()
                ? List.<Html>of()
                : List.<Html>of(
                        element("h3", "Apps in every Environment"),
                        Html.table(
                                List.of("App", "Chart", "Meaning"),
                                offer.everywhere().stream().map(OfferSection::row)));
        return Html.all(List.of(
                List.of(
                        element("h3", "Charts"),
                        element("p", prose("An app with one of these names in `spec.apps` needs nothing else.")),
                        Html.table(
                                List.of("Name", "Chart", "Meaning"),
                                offer.charts().stream().map(OfferSection::row))),
                everywhere));
    }

    private static List<List<Html>> row(Offer.Chart chart) {
        var locked = chart.locked().isEmpty()
                ? List.<Html>of()
                : prose(" Locked: `" + String.join("`, `", chart.locked()) + "`.");
        return List.of(
                List.of(Html.code(chart.name())),
                cell((chart.chart() + (chart.repository().isEmpty() ? "" : " from " + chart.repository()))),
                Html.all(List.of(prose(chart.description()), locked)));
    }

    private static List<Html> addons(Offer offer, RequestableType type) {
        return List.of(
                element("h3", "Add-ons"),
                Html.table(
                        List.of("Field", "Offered", "Chart", "Meaning"),
                        offer.addons().entrySet().stream()
                                .map(addon -> List.of(
                                        List.<Html>of(Html.code("spec." + addon.getKey())),
                                        cell(addon.getValue().allowed() ? "yes" : "no"),
                                        cell(addon.getValue().chart()),
                                        prose(FieldTables.description(
                                                type.spec().object("properties", addon.getKey())))))));
    }

    private static List<Html> limits(Offer offer) {
        var versions = String.join(", ", offer.kubernetesVersions());
        return List.of(
                element("h3", "Limits"),
                Html.table(
                        List.of("Limit", "Value"),
                        Stream.concat(
                                offer.limits().entrySet().stream()
                                        .map(limit -> List.of(
                                                List.<Html>of(Html.code(limit.getKey())),
                                                cell(limit.getValue().isEmpty() ? "none" : limit.getValue()))),
                                versions.isEmpty()
                                        ? Stream.of()
                                        : Stream.of(List.of(
                                                List.<Html>of(Html.code("kubernetesVersion")), cell(versions))))));
    }

    private static List<Html> cell(String text) {
        return text.isEmpty() ? List.of() : List.of(new Text(text));
    }
}
