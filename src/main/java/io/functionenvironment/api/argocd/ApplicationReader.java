package io.functionenvironment.api.argocd;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads Applications of teams and of the platform, and reports their errors. */
public final class ApplicationReader {
    /** The fields that an Application has. */
    public static final Set<String> FIELDS = Set.of(
            "repoURL", "path", "targetRevision", "sources", "destinationNamespace", "syncPolicy", "deletionPolicy");

    private static final Pattern OPTION = Pattern.compile("[A-Za-z]{1,63}=[-A-Za-z0-9.]{1,63}");
    private static final int MOST_SOURCES = 10;
    private static final int MOST_OPTIONS = 16;

    private ApplicationReader() {}

    /** The Application in the fields of an object; empty, with errors, if any part of it is invalid. */
    public static Optional<Application> read(FieldReader at) {
        var before = at.errorCount();
        var sources = sources(at);
        var sync = at.field("syncPolicy").only(Set.of("automated", "prune", "selfHeal", "syncOptions"));
        var automated = sync.field("automated").bool().orElse(true);
        var prune = sync.field("prune").bool().orElse(true);
        var selfHeal = sync.field("selfHeal").bool().orElse(true);
        Stream.of("prune", "selfHeal")
                .filter(ignored -> !automated)
                .filter(field -> sync.field(field).value().equals(new Json.Bool(true)))
                .forEach(field -> sync.field(field)
                        .error(
                                "is true, but automated is false, and then Argo CD does nothing by itself; remove it, or set"
                                        + " automated to true"));
        var options = options(sync.field("syncOptions"));
        var policy = at.field("deletionPolicy").text();
        policy.filter(text -> !text.equals("Orphan") && !text.equals("Delete"))
                .ifPresent(text ->
                        at.field("deletionPolicy").error("is " + Redaction.of(text) + "; must be Orphan or Delete"));
        var namespace = at.field("destinationNamespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
        return at.errorCount() == before
                ? Optional.of(new Application(
                        sources,
                        namespace.orElse("default"),
                        automated ? Optional.of(new Application.Sync(prune, selfHeal)) : Optional.empty(),
                        options,
                        policy.equals(Optional.of("Delete"))))
                : Optional.empty();
    }

    private static List<Source> sources(FieldReader at) {
        if (!at.field("sources").present()) {
            if (!at.field("repoURL").present()) {
                at.error("has neither repoURL nor sources; set one of them");
                return List.of();
            }
            return SourceReader.brief(at).stream().toList();
        }
        if (Stream.of("repoURL", "path", "targetRevision")
                .anyMatch(field -> at.field(field).present())) {
            at.field("sources").error("is set together with repoURL, path or targetRevision; remove one of the two");
        }
        var sources = new ArrayList<Source>();
        var items = at.field("sources").items(MOST_SOURCES);
        items.forEach(item -> SourceReader.full(item).ifPresent(sources::add));
        if (items.isEmpty()) {
            at.field("sources").error("is empty; must have at least one source");
        }
        return List.copyOf(sources);
    }

    /** The namespace that a repository's manifests go to is usually not there yet. */
    private static List<String> options(FieldReader at) {
        var options = new ArrayList<String>();
        var keys = new HashSet<String>();
        for (var item : at.items(MOST_OPTIONS)) {
            item.required("an option like Replace=true")
                    .text(OPTION, "an option like Replace=true")
                    .ifPresent(option -> {
                        if (!keys.add(option.substring(0, option.indexOf('=')))) {
                            at.error("has an option twice; remove one of the two");
                        }
                        options.add(option);
                    });
        }
        if (keys.add("CreateNamespace")) {
            options.addFirst("CreateNamespace=true");
        }
        return List.copyOf(options);
    }
}
