package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the rules of teams, each merged over the platform's as documents are merged over the shipped defaults. */
final class TeamsReader {
    static final String SETTINGS = "settings";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String NAME_ALLOWED =
            "1 to 63 lower case letters, digits and '-', not beginning or ending with '-'";
    private static final Pattern NAMESPACE =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?|[a-z0-9][-a-z0-9]{0,61}\\*");
    private static final String NAMESPACE_ALLOWED =
            "the name of a namespace, or its beginning followed by *, like payments-*";
    private static final int MAX_TEAMS = 100;
    private static final int MAX_NAMESPACES = 100;

    private TeamsReader() {}

    /**
     * The teams in the order of the list, in which the first with a namespace has it.
     *
     * @param merged the platform's Settings merged over the shipped defaults
     * @param explicit the platform's Settings alone
     * @param base the path of the platform's Settings
     * @param known the errors of these, which are not repeated for each team
     */
    static List<Team> read(
            FieldReader at,
            Json.Obj merged,
            Json.Obj explicit,
            String base,
            List<FieldError> known,
            SizeFormats sizes) {
        var teams = new ArrayList<Team>();
        var names = new HashSet<String>();
        var taken = new LinkedHashMap<String, String>();
        var domains = new LinkedHashSet<String>();
        merged.text("domain").ifPresent(domains::add);
        for (var item : at.items(MAX_TEAMS)) {
            item.required("a team").only(Set.of("name", "namespaces", SETTINGS));
            var name = item.field("name")
                    .required(NAME_ALLOWED)
                    .text(NAME, NAME_ALLOWED)
                    .orElse("");
            if (!name.isEmpty() && !names.add(name)) {
                item.field("name").error("is \"" + name + "\", the name of an earlier team; rename one of them");
            }
            var namespaces = namespaces(item.field("namespaces"), name, taken);
            var rules = item.field(SETTINGS).required("the rules of the team").only(SettingsReader.TEAM_FIELDS);
            if (rules.value() instanceof Json.Obj own) {
                own.text("domain").ifPresent(domain -> refuseNested(rules.field("domain"), domain, domains));
                var errors = new FieldErrors();
                var whole = FieldReader.at(rules.path(), Optional.of(SettingsDocument.over(merged, own)), errors);
                var settings = SettingsReader.rules(whole, SettingsDocument.over(explicit, own), sizes);
                errors.list().stream()
                        .filter(error -> known.stream().noneMatch(other -> same(error, rules.path(), other, base)))
                        .forEach(error -> item.error(error.path(), error.message()));
                teams.add(new Team(name, namespaces, settings));
            }
        }
        return List.copyOf(teams);
    }

    /**
     * A name in DNS is that of the Environment, its namespace and the domain, and the name of an Environment may have dots. So the names of
     * Environments could be the same if one domain were below another.
     */
    private static void refuseNested(FieldReader at, String domain, Set<String> others) {
        others.stream()
                .filter(other -> domain.endsWith("." + other) || other.endsWith("." + domain))
                .findFirst()
                .ifPresent(other -> at.error("is " + domain + ", but these Settings also have the domain " + other
                        + ", and one is below the other, so that an Environment could have the addresses of another one;"
                        + " choose domains that are not below one another"));
        others.add(domain);
    }

    /** Those of a team. One that an earlier item has, too, would never count. */
    private static List<String> namespaces(FieldReader at, String team, Map<String, String> taken) {
        var namespaces = new ArrayList<String>();
        at.required("a list of namespaces");
        var items = at.items(MAX_NAMESPACES);
        if (at.value().equals(Json.arr())) {
            at.error("is empty; must have at least one namespace");
        }
        for (var item : items) {
            item.required(NAMESPACE_ALLOWED).text(NAMESPACE, NAMESPACE_ALLOWED).ifPresent(pattern -> {
                taken.entrySet().stream()
                        .filter(earlier -> Team.covers(earlier.getKey(), pattern))
                        .findFirst()
                        .ifPresent(
                                earlier -> item.error(
                                        "is \"" + pattern + "\", but \"" + earlier.getKey()
                                                + "\" of team " + earlier.getValue()
                                                + " stands for it already, and the first one counts; remove it, or put it before that one"));
                taken.putIfAbsent(pattern, team);
                namespaces.add(pattern);
            });
        }
        return List.copyOf(namespaces);
    }

    /** Whether two errors are of the same field below their bases. */
    private static boolean same(FieldError error, String base, FieldError other, String otherBase) {
        return error.message().equals(other.message())
                && error.path().startsWith(base)
                && other.path().startsWith(otherBase)
                && error.path().substring(base.length()).equals(other.path().substring(otherBase.length()));
    }
}
