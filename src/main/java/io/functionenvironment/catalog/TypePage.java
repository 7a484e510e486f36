package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.code;
import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.link;
import static io.functionenvironment.catalog.Html.prose;

import io.functionenvironment.catalog.Html.Markup;
import io.functionenvironment.catalog.Html.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of a type: its form, its examples, and all of its fields. */
final class TypePage {
    private final RequestableType type;
    private final Optional<Offers> offers;
    private final List<Example> examples;
    private final boolean script;

    private TypePage(RequestableType type, Optional<Offers> offers, List<Example> examples, boolean script) {
        this.type = type;
        this.offers = offers;
        this.examples = examples;
        this.script = script;
    }

    /**
     * The page.
     *
     * @param offers what the platform offers to whom, if that is about this type
     * @param script whether the site has the script of the form
     */
    static String of(RequestableType type, Optional<Offers> offers, List<Example> examples, boolean script) {
        return new TypePage(type, offers, examples, script).write();
    }

    private String write() {
        var content = new ArrayList<Html>();
        content.add(element("h1", type.kind()));
        content.add(element("p", prose(type.description())).with("class", "lead"));
        content.add(element("p", Html.all(List.of(facts(), explain()))).with("class", "note"));
        content.add(contents());
        offers.ifPresent(some -> content.addAll(TeamChoice.of(some)));
        if (script) {
            content.add(form());
        }
        offers.ifPresent(some -> content.add(OfferSection.of(some, type)));
        if (!examples.isEmpty()) {
            content.add(examples());
        }
        content.add(reference("fields", "Fields", "spec"));
        if (!type.schema().object("properties", "status", "properties").isEmpty()) {
            content.add(reference("status", "What is reported", "status"));
        }
        if (!type.columns().isEmpty()) {
            content.add(columns());
        }
        return Page.of(type.kind() + " – Catalog", head(), content);
    }

    private List<Html> head() {
        return script
                ? List.of(
                        element("script", new Markup(FormData.of(type, offers, examples)))
                                .with("type", "application/json")
                                .with("id", "type"),
                        Site.script())
                : List.of();
    }

    private List<Html> facts() {
        var names = type.names().isEmpty() ? "" : " or " + String.join(" or ", type.names());
        return List.of(
                code("apiVersion: " + type.apiVersion()),
                new Text(type.namespaced() ? ", namespaced. " : ", cluster-scoped. "),
                code("kubectl get " + type.plural() + names),
                new Text(" lists what exists. "));
    }

    private List<Html> explain() {
        return List.of(
                code("kubectl explain " + type.plural() + "." + type.group() + ".spec"),
                new Text(" describes the fields."));
    }

    private Html contents() {
        var links = new ArrayList<Html>();
        if (script) {
            links.add(link("#request", "Request one"));
        }
        if (offers.isPresent()) {
            links.add(link("#offer", "What this platform offers"));
        }
        if (!examples.isEmpty()) {
            links.add(link("#examples", "Examples"));
        }
        links.add(link("#fields", "Fields"));
        return element(
                        "nav",
                        element(
                                "ul",
                                links.stream()
                                        .<Html>map(each -> element("li", each))
                                        .toList()))
                .with("aria-label", "On this page")
                .with("class", "contents");
    }

    /** Filled by the script. */
    private Html form() {
        return element(
                        "section",
                        element("h2", "Request " + article() + " " + type.kind()),
                        element("div").with("id", "form"),
                        element("noscript", element("p", "The form needs JavaScript. Copy an example instead.")))
                .with("id", "request");
    }

    private String article() {
        return "AEIOU".indexOf(type.kind().toUpperCase(Locale.ROOT).charAt(0)) >= 0 ? "an" : "a";
    }

    private Html examples() {
        var content = new ArrayList<Html>();
        content.add(element("h2", "Examples"));
        for (var i = 0; i < examples.size(); i++) {
            content.add(example(examples.get(i), i));
        }
        return element("section", content).with("id", "examples");
    }

    private Html example(Example example, int index) {
        var content = new ArrayList<Html>();
        content.add(element("summary", example.name()));
        if (script) {
            content.add(element("button", "Use this example in the form")
                    .with("type", "button")
                    .with("data-example", String.valueOf(index)));
        }
        content.add(element("pre", code(example.text()))
                .with("tabindex", "0")
                .with("aria-label", "Manifest of " + example.name()));
        example.diagram()
                .ifPresent(svg -> content.add(element(
                        "figure",
                        element("div", new Markup(svg)).with("class", "diagram").with("tabindex", "0"),
                        element("figcaption", "What it consists of, what waits for what, and what is deleted when."))));
        return element("details", content).with("id", "example-" + index);
    }

    private Html reference(String id, String title, String field) {
        var content = new ArrayList<Html>();
        content.add(element("h2", title));
        content.addAll(FieldTables.of(field, type.schema().object("properties", field)));
        return element("section", content).with("id", id);
    }

    private Html columns() {
        return element(
                        "section",
                        element("h2", "Columns of kubectl get"),
                        Html.table(
                                List.of("Column", "Field", "Meaning"),
                                type.columns().stream()
                                        .map(column -> List.of(
                                                List.<Html>of(new Text(column.text("name")
                                                                .orElse("")
                                                        + (column.at("priority").isPresent() ? " (wide)" : ""))),
                                                List.<Html>of(code(
                                                        column.text("jsonPath").orElse(""))),
                                                prose(column.text("description").orElse(""))))))
                .with("id", "columns");
    }
}
