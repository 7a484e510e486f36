package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;
import static io.functionenvironment.catalog.Html.prose;

import java.util.ArrayList;
import java.util.List;

/** The choice of the team whose rules a page shows. The script reveals it; without a script, the page shows all rules. */
final class TeamChoice {
    /** More in a list would be hard to read. */
    private static final int MOST_NAMESPACES = 3;

    /** For whom the rules are that hold without a team. */
    static final String OTHERS = "all that are in no team";

    private TeamChoice() {}

    /** Nothing, if the rules are the same for everybody. */
    static List<Html> of(Offers offers) {
        if (offers.teams().isEmpty()) {
            return List.of();
        }
        var options = new ArrayList<Html>();
        options.add(element("option", OTHERS).with("value", ""));
        offers.teams()
                .forEach(team -> options.add(
                        element("option", team.name() + " (" + some(team) + ")").with("value", team.name())));
        return List.of(element(
                        "div",
                        element("label", "Team").with("for", "team"),
                        element("select", options).with("id", "team").with("aria-describedby", "team-help"),
                        element(
                                        "p",
                                        prose("Whose rules this page shows. On the platform, the namespace of an object"
                                                + " decides: the first team with that namespace counts."))
                                .with("id", "team-help")
                                .with("class", "help"))
                .with("id", "teams")
                .with("class", "field")
                .with("hidden", ""));
    }

    private static String some(Offers.TeamOffer team) {
        var more = team.namespaces().size() - MOST_NAMESPACES;
        return more > 0
                ? String.join(", ", team.namespaces().subList(0, MOST_NAMESPACES)) + " and " + more + " more"
                : String.join(", ", team.namespaces());
    }
}
