package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who may do what with the clusters of Environments. */
final class AccessReader {
    private static final Pattern SUBJECT = Pattern.compile(".{1,253}");
    private static final String SERVICE_ACCOUNT = "ServiceAccount";
    private static final Pattern SERVICE_ACCOUNT_NAME = Pattern.compile("(?=.{1,253}$)" + LabelFormat.SUBDOMAIN);
    /** A component's name is a label of at most 63 characters, and has a digest besides. */
    private static final Pattern ROLE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?");

    private static final String ROLE_ALLOWED =
            "1 to 30 lower case letters, digits and '-', not beginning or ending with '-'";
    private static final Pattern CLUSTER_ROLE =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([-A-Za-z0-9.:_]*[A-Za-z0-9])?");
    private static final String CLUSTER_ROLE_ALLOWED = "the name of a ClusterRole, such as view or edit";
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,2}h)?([1-9][0-9]{0,3}m)?");
    private static final String DURATION_ALLOWED = "a duration like 30m, 8h or 1h30m";
    /** An API server issues no token for less. */
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MAX_SUBJECTS = 256;
    private static final int MAX_TEAMS = 64;
    private static final int MAX_ROLES = 16;

    private AccessReader() {}

    static AccessRules read(FieldReader at) {
        at.only(Set.of("subjects", "roles"));
        var subjects = at.field("subjects").items(MAX_SUBJECTS).stream()
                .map(item -> subject(item, List.of("User", "Group", SERVICE_ACCOUNT)))
                .toList();
        return new AccessRules(subjects, roles(at.field("roles")));
    }

    private static List<AccessRole> roles(FieldReader at) {
        var roles = new ArrayList<AccessRole>();
        var names = new HashSet<String>();
        for (var item : at.items(MAX_ROLES)) {
            item.required("an object with name and clusterRole")
                    .only(Set.of("name", "clusterRole", "tokenDuration", "subjects"));
            if (item.object().isEmpty()) {
                continue;
            }
            var name = item.field("name").required(ROLE_ALLOWED).text(ROLE, ROLE_ALLOWED);
            if (name.isPresent() && !names.add(name.get())) {
                item.error("is a second role named \"" + name.get() + "\"; rename one of them");
            }
            roles.add(new AccessRole(
                    name.orElse(""),
                    item.field("clusterRole")
                            .required(CLUSTER_ROLE_ALLOWED)
                            .text(CLUSTER_ROLE, CLUSTER_ROLE_ALLOWED)
                            .orElse(""),
                    duration(item.field("tokenDuration")),
                    item.field("subjects").items(MAX_SUBJECTS).stream()
                            .map(subject -> subject(subject, List.of("User", "Group")))
                            .toList()));
        }
        return List.copyOf(roles);
    }

    private static String duration(FieldReader at) {
        return at.text(DURATION, DURATION_ALLOWED)
                .filter(text -> {
                    // The format is that of ISO 8601 without its prefix; the empty text is none.
                    var length = text.isEmpty() ? Duration.ZERO : Duration.parse("PT" + text);
                    var valid = length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0;
                    if (!valid) {
                        at.error("is " + Redaction.of(text) + "; must be from 10m to 720h");
                    }
                    return valid;
                })
                .orElse("1h");
    }

    private static Subject subject(FieldReader at, List<String> kinds) {
        var allowed = String.join(", ", kinds.subList(0, kinds.size() - 1)) + " or " + kinds.getLast();
        var accounts = kinds.contains(SERVICE_ACCOUNT);
        at.only(
                accounts
                        ? Set.of("kind", "name", "namespace", "teams", "administrator")
                        : Set.of("kind", "name", "teams"));
        var kind = at.field("kind").required(allowed).text();
        var name = at.field("name").required("1 to 253 characters").text(SUBJECT, "1 to 253 characters");
        var namespace = accounts
                ? at.field("namespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED)
                : Optional.<String>empty();
        if (kind.isPresent() && !kinds.contains(kind.get())) {
            at.field("kind").error("is " + Redaction.of(kind.get()) + "; must be " + allowed);
        } else if (accounts
                && kind.isPresent()
                && kind.get().equals(SERVICE_ACCOUNT) != at.field("namespace").present()) {
            at.error(
                    at.field("namespace").present()
                            ? "is a " + kind.get() + " with a namespace; remove namespace"
                            : "is a ServiceAccount without a namespace; set namespace");
        }
        if (kind.equals(Optional.of(SERVICE_ACCOUNT))) {
            at.field("name").text(SERVICE_ACCOUNT_NAME, AppReader.allowedName(SERVICE_ACCOUNT));
        }
        return new Subject(
                kind.orElse(""),
                name.orElse(""),
                namespace,
                teams(at),
                at.field("administrator").bool().orElse(true));
    }

    /** The namespaces of a subject. Null is an error: a template without a value must not give access to all namespaces. */
    private static List<String> teams(FieldReader subject) {
        var at = subject.field("teams");
        var teams = at.items(MAX_TEAMS);
        if (subject.has("teams") && teams.isEmpty()) {
            at.error("is empty; must have at least one namespace; remove the field to allow all namespaces");
        }
        return teams.stream()
                .flatMap(item ->
                        item.required("a namespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED).stream())
                .toList();
    }
}
