package io.functionenvironment.api.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenID Connect issuer whose tokens the API servers of virtual clusters accept.
 *
 * @param url of the issuer, as the tokens have it
 * @param clientId for which the tokens are
 * @param usernameClaim the claim of a token that is the name of the user
 * @param groupsClaim the claim that is the list of the user's groups; empty if users have none
 * @param prefix of the names of users and groups, so that they cannot be taken for others
 * @param requiredClaims what a token has to say besides
 * @param scopes what people request besides {@code openid}
 * @param certificates of the authority that signs the issuer's certificate, as PEM; empty for a public one
 */
public record OidcIssuer(
        String url,
        String clientId,
        String usernameClaim,
        Optional<String> groupsClaim,
        String prefix,
        Map<String, String> requiredClaims,
        List<String> scopes,
        Optional<String> certificates) {}
