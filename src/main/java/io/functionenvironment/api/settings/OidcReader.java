package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.CertificateFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads which tokens of an OpenID Connect issuer virtual clusters accept. */
final class OidcReader {
    private static final Pattern URL =
            Pattern.compile("(?=.{1,512}$)https://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[-A-Za-z0-9._~/]*)?");
    private static final String URL_ALLOWED = "an address with https://, without user, query or fragment";
    private static final Pattern WORD = Pattern.compile("[!-~]{1,256}");
    private static final String WORD_ALLOWED = "1 to 256 characters of ASCII without spaces";
    /** An API server reads the claims that it requires as a list with commas, each with an equals sign. */
    private static final Pattern CLAIM = Pattern.compile("[!-~&&[^,=]]{1,256}");

    private static final String CLAIM_ALLOWED = "1 to 256 characters of ASCII without spaces, ',' and '='";
    private static final Pattern CLAIM_VALUE = Pattern.compile("[!-~&&[^,]]{1,256}");
    private static final String CLAIM_VALUE_ALLOWED = "1 to 256 characters of ASCII without spaces and ','";
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?:");
    private static final String PREFIX_ALLOWED =
            "lower case letters, digits, '-' and '.' with ':' at the end, such as oidc:";
    /** The prefix of what Kubernetes itself names, such as the group of administrators. */
    private static final String SYSTEM = "system:";

    private static final int MAX_CLAIMS = 16;
    private static final int MAX_SCOPES = 16;

    private OidcReader() {}

    static Optional<OidcIssuer> read(FieldReader at) {
        at.only(Set.of(
                "issuerURL",
                "clientID",
                "usernameClaim",
                "groupsClaim",
                "prefix",
                "requiredClaims",
                "scopes",
                "certificateAuthority"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OidcIssuer(
                at.field("issuerURL")
                        .required(URL_ALLOWED)
                        .text(URL, URL_ALLOWED)
                        .orElse(""),
                at.field("clientID")
                        .required(WORD_ALLOWED)
                        .text(WORD, WORD_ALLOWED)
                        .orElse(""),
                at.field("usernameClaim").text(WORD, WORD_ALLOWED).orElse("sub"),
                at.field("groupsClaim").text(WORD, WORD_ALLOWED),
                prefix(at.field("prefix")),
                claims(at.field("requiredClaims")),
                at.field("scopes").items(MAX_SCOPES).stream()
                        .flatMap(item -> item.required(WORD_ALLOWED).text(WORD, WORD_ALLOWED).stream())
                        .toList(),
                at.field("certificateAuthority")
                        .text(
                                CertificateFormat.PEM,
                                CertificateFormat.ALLOWED,
                                text -> Optional.of("is not valid; must be " + CertificateFormat.ALLOWED))));
    }

    private static String prefix(FieldReader at) {
        return at.text(PREFIX, PREFIX_ALLOWED)
                .filter(text -> {
                    if (text.equals(SYSTEM)) {
                        at.error(
                                "is system:, by which a token could make its user an administrator; must be another prefix");
                    }
                    return !text.equals(SYSTEM);
                })
                .orElse("oidc:");
    }

    private static Map<String, String> claims(FieldReader at) {
        var claims = new TreeMap<String, String>();
        var entries = at.entries();
        if (entries.size() > MAX_CLAIMS) {
            at.error("has " + entries.size() + " claims; must have at most " + MAX_CLAIMS);
        }
        entries.forEach((claim, value) -> {
            if (!CLAIM.matcher(claim).matches()) {
                at.error("has the key " + Redaction.of(claim) + "; must have keys of " + CLAIM_ALLOWED);
            }
            value.required(CLAIM_VALUE_ALLOWED)
                    .text(CLAIM_VALUE, CLAIM_VALUE_ALLOWED)
                    .ifPresent(text -> claims.put(claim, text));
        });
        return Map.copyOf(claims);
    }
}
