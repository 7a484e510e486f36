package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which manifests are allowed. */
final class ManifestRulesReader {
    private static final Pattern KIND =
            Pattern.compile("(\\*|[A-Z][A-Za-z0-9]{0,62})(\\.[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?|\\*\\.\\*");
    private static final String ALLOWED =
            "a kind with its API group, like ConfigMap, Deployment.apps, *.apps, * for the core group, or *.*";
    private static final int MOST = 100;

    private ManifestRulesReader() {}

    static ManifestRules read(FieldReader at) {
        at.only(Set.of("kinds"));
        return new ManifestRules(at.field("kinds").items(MOST).stream()
                .flatMap(item -> item.required(ALLOWED).text(KIND, ALLOWED).stream())
                .toList());
    }
}
