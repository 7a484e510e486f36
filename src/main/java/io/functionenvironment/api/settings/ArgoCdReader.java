package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.ChartReader;
import io.functionenvironment.api.argocd.ApplicationReader;
import io.functionenvironment.api.settings.ArgoCdOffer.SecretKey;
import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how Argo CD is offered. */
public final class ArgoCdReader {
    private static final Pattern PLACE = Pattern.compile(
            "(?=.{1,512}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/(?!\\.{1,2}(/|$))([-A-Za-z0-9._~+]|%20)+)*/?");
    private static final String PLACE_ALLOWED =
            "a host in lower case, or a host and the beginning of a path, like github.com/team, without a scheme";
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final int MOST = 100;

    private ArgoCdReader() {}

    static ArgoCdOffer read(FieldReader at, Json.Obj explicit) {
        at.only(Set.of("allowed", "chart", "values", "credentialsSecretRef", "repositories", "application"));
        ExactNumbers.check(at.field("values"));
        var repositories = at.field("repositories");
        var places = repositories.items(MOST).stream()
                .flatMap(item -> item.required(PLACE_ALLOWED).text(PLACE, PLACE_ALLOWED).stream())
                .toList();
        var application = at.field("application");
        return new ArgoCdOffer(
                at.field("allowed").bool().orElse(true),
                ChartReader.complete(at.field("chart")),
                explicit.at("chart").isPresent(),
                at.field("values").object().orElse(Json.Obj.EMPTY),
                secret(at.field("credentialsSecretRef")),
                repositories.present() ? Optional.of(places) : Optional.empty(),
                application
                        .object()
                        .flatMap(ignored -> ApplicationReader.read(application.only(ApplicationReader.FIELDS))));
    }

    /** A reference to a key of a Secret in the namespace of the Environment. */
    public static Optional<SecretKey> secret(FieldReader at) {
        at.only(Set.of("name", "key"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        var allowed = AppReader.allowedName("Secret");
        var name = at.field("name").required(allowed).text(AppReader.OBJECT, allowed);
        var key = at.field("key").text(KEY, "a key of letters, digits, '-', '_' and '.'");
        return name.map(some -> new SecretKey(some, key.orElse("values.yaml")));
    }
}
