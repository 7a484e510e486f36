package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.prose;

import io.functionenvironment.catalog.Html.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of a page that shows what a platform offers: sizes, charts, add-ons and limits.
 *
 * @param type the fields of which request an add-on, and say what it is
 * @param heading the element of the headings
 */
record OfferSection(Offer offer, RequestableType type, String heading) {

    /** What the platform offers to whom. The script shows one of several. */
    static Html of(Offers offers, RequestableType type) {
        var content = new ArrayList<Html>();
        content.add(element("h2", "What this platform offers"));
        if (offers.teams().isEmpty()) {
            content.addAll(new OfferSection(offers.others(), type, "h3").parts());
        } else {
            content.add(of("", "Rules of " + TeamChoice.OTHERS, List.of(), offers.others(), type));
            offers.teams()
                    .forEach(team -> content.add(of(
                            team.name(),
                            "Rules of team " + team.name(),
                            List.of(element(
                                    "p", prose("In the namespaces `" + String.join("`, `", team.namespaces()) + "`."))),
                            team.offer(),
                            type)));
        }
        return element("section", content).with("id", "offer");
    }

    private static Html of(String team, String title, List<Html> where, Offer offer, RequestableType type) {
        return element(
                        "div",
                        Html.all(List.of(
                                List.of(element("h3", title)), where, new OfferSection(offer, type, "h4").parts())))
                .with("data-team", team);
    }

    private List<Html> parts() {
        return Html.all(List.of(sizes(), charts(), addons(), limits()));
    }

    private List<Html> sizes() {
        var names = new LinkedHashSet<String>();
        offer.sizes().values().forEach(facts -> names.addAll(facts.keySet()));
        var columns = new ArrayList<>(List.of("Size"));
        names.forEach(name -> columns.add(inWords(name)));
        return List.of(
                element(heading, "Sizes"),
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

    private List<Html> charts() {
        var everywhere = offer.everywhere().isEmpty()
                ? List.<Html>of()
                : List.<Html>of(
                        element(heading, "Apps in every Environment"),
                        Html.table(
                                List.of("App", "Chart", "Meaning"),
                                offer.everywhere().stream().map(OfferSection::row)));
        return Html.all(List.of(
                List.of(
                        element(heading, "Charts"),
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

    private List<Html> addons() {
        return List.of(
                element(heading, "Add-ons"),
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

    private List<Html> limits() {
        var versions = String.join(", ", offer.kubernetesVersions());
        return List.of(
                element(heading, "Limits"),
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
