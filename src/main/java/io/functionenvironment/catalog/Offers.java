package io.functionenvironment.catalog;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a platform offers to whom.
 *
 * @param others for all that are in no team
 * @param teams those with rules of their own. The first with a namespace has it
 */
public record Offers(Offer others, List<TeamOffer> teams) {

    /**
     * What a platform offers to a team.
     *
     * @param namespaces names of namespaces; one that ends with {@code *} stands for all names that begin like it
     */
    public record TeamOffer(String name, List<String> namespaces, Offer offer) {
        /** Those that are written in full, which a form can suggest. */
        List<String> names() {
            return namespaces.stream().filter(name -> !name.endsWith("*")).toList();
        }
    }

    /**
     * Reads valid Settings.
     *
     * @param complete the platform's Settings merged over the shipped defaults, in which the rules of each team are complete
     */
    public static Offers of(Json.Obj complete) {
        return new Offers(
                Offer.of(complete),
                complete.items("teams").stream().map(Offers::team).toList());
    }

    private static TeamOffer team(Json team) {
        return new TeamOffer(
                team.text("name").orElse(""),
                team.items("namespaces").stream()
                        .flatMap(item -> item instanceof Json.Text(var name) ? Stream.of(name) : Stream.<String>of())
                        .toList(),
                Offer.of(team.object("settings")));
    }
}
